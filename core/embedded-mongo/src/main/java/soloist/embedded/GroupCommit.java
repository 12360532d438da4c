package soloist.embedded;

import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Makes writes durable together. A command changes the maps while it holds the shared side of the
 * gate; one committer takes the other side, so no command is ever half inside a commit, writes what
 * has gathered as one chunk, syncs the file with the gate open again, and only then lets the
 * commands of that chunk answer. Those that come meanwhile gather for the next.
 */
final class GroupCommit implements AutoCloseable {
  private final StoreFile file;
  private final boolean sync;
  private final Space space;
  private final Runnable onFailure;
  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition done = lock.newCondition();
  private final Thread committer;

  private long applied;
  private long synced;
  private boolean closing;
  private @Nullable Throwable failure;

  /**
   * Begins to commit.
   *
   * @param onFailure called once, when the disk has refused a write and the file is of no more use
   */
  GroupCommit(StoreFile file, boolean sync, Space space, Runnable onFailure) {
    this.file = file;
    this.sync = sync;
    this.space = space;
    this.onFailure = onFailure;
    this.committer = Thread.ofPlatform().name("store-commit").daemon().start(this::run);
  }

  /**
   * Runs a command that may change the store, and returns when all it changed, and all it may have
   * seen, is on disk. The caller must not hold the lock of a collection.
   */
  <T> T write(Supplier<T> command) {
    space.check();
    T answer;
    long ticket;
    gate.readLock().lock();
    try {
      refuseAfterFailure();
      try {
        answer = command.get();
      } catch (MVStoreException e) {
        refuseAfterFailure();
        throw e;
      } finally {
        ticket = advance();
      }
    } finally {
      gate.readLock().unlock();
    }
    await(ticket);
    return answer;
  }

  /** Runs one step of a long piece of work that need not be on disk before the next. */
  void step(Runnable command) {
    space.check();
    gate.readLock().lock();
    try {
      refuseAfterFailure();
      command.run();
      advance();
    } finally {
      gate.readLock().unlock();
    }
  }

  /** Returns when everything applied so far is on disk. */
  void flush() {
    lock.lock();
    long ticket;
    try {
      ticket = applied;
    } finally {
      lock.unlock();
    }
    await(ticket);
  }

  /** Looks at the store with no command under way; no longer than a commit takes. */
  <T> T between(Supplier<T> look) {
    gate.writeLock().lock();
    try {
      return look.get();
    } finally {
      gate.writeLock().unlock();
    }
  }

  /** Runs maintenance that commits by itself, with no command under way. */
  void alone(Runnable maintenance) {
    space.check();
    gate.writeLock().lock();
    try {
      refuseAfterFailure();
      maintenance.run();
    } catch (MVStoreException e) {
      fail(e);
      throw e;
    } finally {
      gate.writeLock().unlock();
    }
  }

  void refuseAfterFailure() {
    lock.lock();
    try {
      if (failure != null) {
        throw failed(failure);
      }
      if (closing) {
        throw Refusal.of(91, "ShutdownInProgress", "the embedded store is closing");
      }
    } finally {
      lock.unlock();
    }
  }

  /** True once the disk has refused a write. */
  boolean hasFailed() {
    lock.lock();
    try {
      return failure != null;
    } finally {
      lock.unlock();
    }
  }

  private RuntimeException failed(Throwable cause) {
    return file.store().isClosed()
        ? space.refusal()
        : Refusal.of(1, "InternalError", notKept(cause));
  }

  private static String notKept(Throwable cause) {
    return "The disk did not keep what was written to the store ("
        + cause.getMessage()
        + "). Reading goes on, nothing more is written; look after the disk, then start again.";
  }

  /** Why nothing is written until the next start, if that is so. */
  Optional<String> trouble() {
    lock.lock();
    try {
      return failure == null || file.store().isClosed()
          ? Optional.empty()
          : Optional.of(notKept(failure));
    } finally {
      lock.unlock();
    }
  }

  private void fail(Throwable cause) {
    lock.lock();
    try {
      if (failure != null) {
        return;
      }
      failure = cause;
      done.signalAll();
      work.signal();
    } finally {
      lock.unlock();
    }
    if (file.store().isClosed()) {
      // A refused sync does not get here: what the system then takes for written may not be.
      space.refused(cause);
      onFailure.run();
    }
  }

  private long advance() {
    lock.lock();
    try {
      if (file.store().hasUnsavedChanges()) {
        applied++;
        work.signal();
      }
      return applied;
    } finally {
      lock.unlock();
    }
  }

  private void await(long ticket) {
    lock.lock();
    try {
      while (synced < ticket && failure == null) {
        done.awaitUninterruptibly();
      }
      if (synced < ticket && failure != null) {
        throw failed(failure);
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (gathered()) {
        long upTo = commit();
        if (sync) {
          file.sync();
        }
        settle(upTo);
        space.look();
      }
    } catch (Throwable e) {
      // Whatever it is, nothing after it may be acknowledged.
      fail(e);
    }
  }

  private long commit() {
    gate.writeLock().lock();
    try {
      lock.lock();
      long upTo;
      try {
        upTo = applied;
      } finally {
        lock.unlock();
      }
      file.commit();
      return upTo;
    } catch (RuntimeException | Error e) {
      // Before the gate opens: the next command must not come upon a closed file.
      fail(e);
      throw e;
    } finally {
      gate.writeLock().unlock();
    }
  }

  private void settle(long upTo) {
    lock.lock();
    try {
      synced = upTo;
      done.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean gathered() {
    lock.lock();
    try {
      while (applied == synced && !closing && failure == null) {
        work.awaitUninterruptibly();
      }
      return applied > synced && failure == null;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      work.signal();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (committer.isAlive()) {
      try {
        committer.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
