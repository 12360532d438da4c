package soloist.profiler.cluster;

import soloist.learning.cluster.Agglomeration;
import soloist.learning.cluster.Dendrogram;
import soloist.learning.cluster.Division;
import soloist.learning.cluster.Linkage;
import soloist.learning.data.Matrix;

/** How a tree of groups comes about. */
enum Joining {
  WARD,
  COMPLETE,
  AVERAGE,
  SINGLE,
  SPLITTING;

  /** What is split further than this shows nothing more. */
  private static final int MOST_PARTS = 30;

  Dendrogram tree(Matrix data) {
    return switch (this) {
      case WARD -> Agglomeration.join(data, Linkage.WARD);
      case COMPLETE -> Agglomeration.join(data, Linkage.COMPLETE);
      case AVERAGE -> Agglomeration.join(data, Linkage.AVERAGE);
      case SINGLE -> Agglomeration.join(data, Linkage.SINGLE);
      case SPLITTING -> Division.split(data, MOST_PARTS);
    };
  }
}
