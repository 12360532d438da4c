package soloist.embedded;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.h2.mvstore.MVStoreException;

/**
 * Makes writes durable together. A command changes the maps, adds what it changed to {@link
 * Changes} and waits; one committer writes all that has gathered there as one record of the log,
 * syncs it, and only then lets those commands answer. What comes meanwhile gathers for the next.
 * Each command holds the shared side of a gate, so whoever takes the other side finds none half
 * done.
 *
 * <p>What was once changed in the maps stays for as long as the process lives: when the disk has no
 * room for the log, the commands that wait are refused, but what they changed is written as soon as
 * there is room again, before anything else. So nobody reads what is gone a moment later.
 */
final class GroupCommit implements AutoCloseable {
  private static final Logger LOG = System.getLogger(GroupCommit.class.getName());
  private static final long BETWEEN_TRIALS_MS = 1_000;

  private final StoreFile file;
  private final boolean sync;
  private final Space space;
  private final Acknowledgements acknowledgements;
  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
  private final Thread committer;
  private final Checkpoints checkpoints;

  /**
   * Begins to commit.
   *
   * @param onFailure called once, when the disk has refused a write of the maps and the file is of
   *     no more use
   */
  GroupCommit(StoreFile file, EmbeddedMongo.Settings settings, Space space, Runnable onFailure) {
    this.file = file;
    this.sync = settings.sync();
    this.space = space;
    this.acknowledgements = new Acknowledgements(file, space, onFailure);
    this.checkpoints = new Checkpoints(file, this, space, settings);
    this.committer = Thread.ofPlatform().name("store-commit").daemon().start(this::run);
  }

  Checkpoints checkpoints() {
    return checkpoints;
  }

  /**
   * Runs a command that may change the store, and returns when all it changed, and all it may have
   * seen, is on disk. The caller must not hold the lock of a collection.
   */
  <T> T write(Supplier<T> command) {
    space.check();
    checkpoints.awaitRoom();
    T answer;
    long ticket;
    gate.readLock().lock();
    try {
      acknowledgements.refuseAfterFailure();
      try {
        answer = command.get();
      } catch (MVStoreException e) {
        acknowledgements.refuseAfterFailure();
        throw e;
      } finally {
        ticket = acknowledgements.ask();
      }
    } finally {
      gate.readLock().unlock();
    }
    acknowledgements.await(ticket);
    return answer;
  }

  /** Runs one step of a long piece of work that need not be on disk before the next. */
  void step(Runnable command) {
    space.check();
    checkpoints.awaitRoom();
    gate.readLock().lock();
    try {
      acknowledgements.refuseAfterFailure();
      command.run();
      long unused = acknowledgements.ask();
    } finally {
      gate.readLock().unlock();
    }
  }

  /** Returns when everything changed so far is on disk. */
  void flush() {
    acknowledgements.await(file.changes().added());
  }

  /** Looks at the store while no command is under way. */
  <T> T between(Supplier<T> look) {
    gate.writeLock().lock();
    try {
      return look.get();
    } finally {
      gate.writeLock().unlock();
    }
  }

  /** Work on the maps as a whole. */
  interface Whole {
    void run() throws IOException;
  }

  /** Runs it with no command under way and all changes in the log and on disk. */
  void quiet(Whole work) throws IOException {
    gate.writeLock().lock();
    try {
      acknowledgements.refuseAfterFailure();
      acknowledgements.await(file.changes().added());
      work.run();
    } catch (MVStoreException e) {
      fail(e);
      throw e;
    } finally {
      gate.writeLock().unlock();
    }
  }

  /** True once the disk has refused something after which nothing more may be written. */
  boolean hasFailed() {
    return acknowledgements.hasFailed();
  }

  /** Why nothing is written until the next start, if that is so. */
  Optional<String> trouble() {
    return acknowledgements.trouble();
  }

  /** Notes that nothing after this may be acknowledged. */
  void fail(Throwable cause) {
    acknowledgements.fail(cause);
  }

  private void run() {
    try {
      while (acknowledgements.awaitWork()) {
        Changes.Gathered gathered = file.changes().take();
        append(gathered);
        if (sync) {
          file.log().sync();
        }
        file.noteLog();
        acknowledgements.settle(gathered.upTo());
        checkpoints.look();
        space.look();
      }
    } catch (Throwable e) {
      // Whatever it is, nothing after it may be acknowledged.
      fail(e);
    }
  }

  /** Writes to the log, over and over until there is room. */
  private void append(Changes.Gathered gathered) throws IOException, InterruptedException {
    for (boolean written = false; !written; ) {
      try {
        file.log().append(gathered.changes());
        written = true;
      } catch (IOException e) {
        LOG.log(Level.WARNING, "The disk has no room for the log of the store", e);
        space.refused(e);
        if (!acknowledgements.refuse(BETWEEN_TRIALS_MS)) {
          throw e;
        }
      }
    }
  }

  @Override
  public void close() {
    checkpoints.close();
    acknowledgements.close();
    joinWithoutEnd(committer);
  }

  /** Waits for a thread to end, whatever else is wanted of this one. */
  static void joinWithoutEnd(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
