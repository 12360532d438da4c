package soloist.embedded;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
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
  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition done = lock.newCondition();
  private final Thread committer;

  private long applied;
  private long synced;
  private boolean closing;
  private @Nullable Throwable failure;

  GroupCommit(StoreFile file, boolean sync) {
    this.file = file;
    this.sync = sync;
    this.committer = Thread.ofPlatform().name("store-commit").daemon().start(this::run);
  }

  /**
   * Runs a command that may change the store, and returns when all it changed, and all it may have
   * seen, is on disk. The caller must not hold the lock of a collection.
   */
  <T> T write(Supplier<T> command) {
    T answer;
    long ticket;
    gate.readLock().lock();
    try {
      refuseAfterFailure();
      try {
        answer = command.get();
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

  /** Runs maintenance that commits by itself, with no command under way. */
  void alone(Runnable maintenance) {
    gate.writeLock().lock();
    try {
      refuseAfterFailure();
      maintenance.run();
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

  private static RuntimeException failed(Throwable cause) {
    return Refusal.of(
        1,
        "InternalError",
        "the embedded store stopped taking writes because the disk refused one: "
            + cause.getMessage());
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
        long upTo;
        gate.writeLock().lock();
        try {
          lock.lock();
          try {
            upTo = applied;
          } finally {
            lock.unlock();
          }
          file.commit();
        } finally {
          gate.writeLock().unlock();
        }
        if (sync) {
          file.sync();
        }
        lock.lock();
        try {
          synced = upTo;
          done.signalAll();
        } finally {
          lock.unlock();
        }
      }
    } catch (Throwable e) {
      // Whatever it is, nothing after it may be acknowledged.
      lock.lock();
      try {
        failure = e;
        done.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private boolean gathered() {
    lock.lock();
    try {
      while (applied == synced && !closing) {
        work.awaitUninterruptibly();
      }
      return applied > synced;
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
