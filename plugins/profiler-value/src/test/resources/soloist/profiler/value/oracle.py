"""Scores a made-up company by another way than the profiler's: ranks with pandas' "average" rule for
ties, computed by bisection. Writes the customers and the right answers beside itself:

    python3 oracle.py > oracle.csv
"""

from bisect import bisect_left, bisect_right
from random import Random

NOW = 1_764_547_200_000  # 2025-12-01T00:00:00Z
DAY = 86_400_000

random = Random(2025)
customers = []
for number in range(400):
    orders = min(1 + int(random.expovariate(0.55)), 30)
    spent = round(sum(random.lognormvariate(3.2, 0.8) for _ in range(orders)), 2)
    if random.random() < 0.1:
        spent = 20.0  # ties in money too
    if random.random() < 0.03:
        spent = -5.5  # more taken back than bought
    last = NOW - int(random.expovariate(1 / 90) * DAY)
    customers.append((f"p{number:03}", orders, spent, last))


def scores(values):
    ordered = sorted(values)
    n = len(values)
    found = []
    for value in values:
        # 1-based average rank of all equal values, as pandas.Series.rank(method="average")
        rank = (bisect_left(ordered, value) + 1 + bisect_right(ordered, value)) / 2
        found.append(1 + min(4, int(5 * (rank - 0.5) / n)))
    return found


recency = scores([-((NOW - last) // DAY) for _, _, _, last in customers])
frequency = scores([orders for _, orders, _, _ in customers])
monetary = scores([spent for _, _, spent, _ in customers])

print("id,orders,spent,last,recency,frequency,monetary,group")
for (name, orders, spent, last), r, f, m in zip(customers, recency, frequency, monetary):
    if r < 3:
        group = "at-risk" if f > 2 or m > 2 else "lapsed"
    elif f > 3:
        group = "high-value" if m > 3 else "loyal"
    elif orders == 1 and r > 3:
        group = "new"
    else:
        group = "potential"
    print(f"{name},{orders},{spent},{last},{r},{f},{m},{group}")
