package soloist.embedded;

import de.bwaldvogel.mongo.exception.MongoServerError;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;
import org.h2.mvstore.MVStoreException;

/**
 * Writes the maps now and then, so that neither the log nor what is held in memory grows without
 * end: when the log has grown, when much has changed, or when the last time is long ago. Commands
 * go on meanwhile; only when they change as much again before it is done do they wait.
 */
final class Checkpoints implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Checkpoints.class.getName());

  /** How much log is read again in the seconds that a start after a crash may take. */
  static final long LOG_BYTES = 32L << 20;

  private static final Duration LONG_AGO = Duration.ofMinutes(1);

  /** How often more of them are made while maps are sparse and nobody else writes. */
  private static final Duration IDLE = Duration.ofMillis(500);

  /** What was written a moment ago cannot be written anew for 45 seconds. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** So much is written anew at once: more than can be alive in what a checkpoint has written. */
  private static final int AT_ONCE = 2 * Checkpoint.MOST_BYTES;

  private final StoreFile file;
  private final GroupCommit commit;
  private final Space space;
  private final long logBytes;
  private final long mapBytes;
  private final int stepBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wanted = lock.newCondition();
  private final Condition done = lock.newCondition();
  private final ReentrantLock running = new ReentrantLock();
  private final Thread thread;
  private boolean closing;
  private long last = System.nanoTime();

  /** How much may be written anew while nobody else writes, until somebody does again. */
  private long tidying;

  private long fruitful;

  Checkpoints(StoreFile file, GroupCommit commit, Space space, EmbeddedMongo.Settings settings) {
    this.file = file;
    this.commit = commit;
    this.space = space;
    this.logBytes = settings.logBytes();
    this.mapBytes = Math.clamp(Runtime.getRuntime().maxMemory() / 32, 2L << 20, 12L << 20);
    // A log that is kept short is for who wants to see many steps.
    this.stepBytes = (int) Math.min(Checkpoint.MOST_BYTES, logBytes / 4);
    this.thread = Thread.ofPlatform().name("store-checkpoint").daemon().start(this::run);
  }

  /** To be called when the log has grown. */
  void look() {
    if (isDue()) {
      lock.lock();
      try {
        wanted.signal();
      } finally {
        lock.unlock();
      }
    }
  }

  private boolean isDue() {
    return file.log().bytes() >= logBytes || file.unsaved() >= mapBytes;
  }

  /** Waits while much more has changed than can be written; to be called before a command. */
  void awaitRoom() {
    if (file.unsaved() < 2 * mapBytes) {
      return;
    }
    lock.lock();
    try {
      while (file.unsaved() >= 2 * mapBytes && !closing && !commit.hasFailed()) {
        space.check();
        wanted.signal();
        boolean unused = done.await(1, TimeUnit.SECONDS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (awaitNeed()) {
      try {
        if (isDue() || isLongAgo()) {
          now();
          last = System.nanoTime();
          tidying = file.sizeOnDisk();
          fruitful = last;
          boolean unused = compact();
        } else if (step(file::tidy)) {
          fruitful = System.nanoTime();
        }
      } catch (IOException | MongoServerError | MVStoreException e) {
        LOG.log(Level.WARNING, "A checkpoint of the store was put off", e);
        pause();
      }
    }
  }

  private boolean isLongAgo() {
    return file.log().bytes() > 0 && System.nanoTime() - last >= LONG_AGO.toNanos();
  }

  private boolean isWorthTidying() {
    return tidying > 0 && System.nanoTime() - fruitful < PATIENCE.toNanos() && file.isSparse();
  }

  /** Waits for something to write, or while there is nothing for a moment to tidy up. */
  private boolean awaitNeed() {
    lock.lock();
    try {
      boolean isIdle = false;
      while (!closing && !commit.hasFailed() && !isDue() && !isLongAgo() && !isIdle) {
        boolean tidies = isWorthTidying();
        long left = wanted.awaitNanos((tidies ? IDLE : LONG_AGO).toNanos());
        isIdle = tidies && left <= 0;
      }
      return !closing && !commit.hasFailed();
    } catch (InterruptedException _) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void pause() {
    lock.lock();
    try {
      if (!closing) {
        boolean unused = wanted.await(1, TimeUnit.SECONDS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Makes one and returns when it is on disk. */
  void now() throws IOException {
    running.lock();
    try {
      finish();
      // A write of the trees that fails costs the file, so whether there is room is asked before.
      space.check(file.unsaved());
      commit.quiet(file::beginCheckpoint);
      finish();
    } finally {
      running.unlock();
    }
    lock.lock();
    try {
      done.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Finishes the one that was begun, perhaps a while ago, if there was no room for it then. */
  private void finish() throws IOException {
    written(() -> file.finishCheckpoint(stepBytes, space::check));
  }

  /** Runs what writes; once that fails nothing more may be written. */
  private void written(GroupCommit.Whole work) throws IOException {
    try {
      work.run();
    } catch (IOException | MVStoreException e) {
      commit.fail(e);
      throw e;
    }
  }

  /** One step towards denser maps; true when there may be more to do. */
  boolean compact() throws IOException {
    return step(file::compact);
  }

  /** Commands go on meanwhile, since they change nothing in the trees. */
  private boolean step(IntPredicate towards) throws IOException {
    running.lock();
    try {
      finish();
      boolean more = towards.test(AT_ONCE);
      tidying -= file.unwritten();
      written(() -> file.write(space::check));
      return more;
    } finally {
      running.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      wanted.signalAll();
      done.signalAll();
    } finally {
      lock.unlock();
    }
    GroupCommit.joinWithoutEnd(thread);
  }
}
