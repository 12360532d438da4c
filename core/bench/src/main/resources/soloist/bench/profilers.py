"""The other side of the profilers' benchmark: scikit-learn on the same numbers, one thread.

Reads from standard input, one task a line: name, rows, columns, file of doubles, file of labels.
Answers each with processor seconds and how good the result is.
"""
import os
import sys

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

import time

import numpy as np
from sklearn.cluster import KMeans
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression


def kmeans(data, labels):
    found = KMeans(8, init=data[:8], n_init=1, max_iter=20, tol=0, algorithm="lloyd").fit(data)
    return found.inertia_


def forest(data, labels):
    half = len(data) // 2
    fitted = RandomForestClassifier(100, min_samples_leaf=5, random_state=1).fit(data[:half], labels[:half])
    return fitted.score(data[half:], labels[half:])


def logistic(data, labels):
    fitted = LogisticRegression(C=1.0, tol=1e-6, max_iter=1000).fit(data, labels)
    return fitted.score(data, labels)


print("ready", flush=True)
for line in sys.stdin:
    name, rows, columns, data_file, label_file = line.split("\t")
    data = np.fromfile(data_file, ">f8").astype("f8").reshape(int(rows), int(columns))
    labels = np.fromfile(label_file.strip(), ">i4").astype("i4")
    begun = time.process_time()
    good = globals()[name](data, labels)
    print(time.process_time() - begun, good, flush=True)
