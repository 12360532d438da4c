package soloist.embedded;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for what to be on disk, and what they hear when the disk refuses it. The committer
 * waits here for work, too.
 */
final class Acknowledgements {
  private final StoreFile file;
  private final Space space;
  private final Runnable onFailure;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition done = lock.newCondition();
  private long synced;
  private long refusals;
  private boolean closing;
  private @Nullable Throwable failure;

  /**
   * @param onFailure called once, when the disk has refused a write of the maps and the file is of
   *     no more use
   */
  Acknowledgements(StoreFile file, Space space, Runnable onFailure) {
    this.file = file;
    this.space = space;
    this.onFailure = onFailure;
  }

  /** To be called after a command; returns what it has to wait for. */
  long ask() {
    lock.lock();
    try {
      work.signal();
      return file.changes().added();
    } finally {
      lock.unlock();
    }
  }

  /** Returns when all changes up to this are on disk. */
  void await(long ticket) {
    lock.lock();
    try {
      long before = refusals;
      while (synced < ticket && failure == null && refusals == before) {
        done.awaitUninterruptibly();
      }
      if (synced < ticket) {
        throw failure == null ? space.refusalOfChanged() : failed(failure);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Says that all changes up to this are on disk. */
  void settle(long upTo) {
    lock.lock();
    try {
      synced = upTo;
      done.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for changes that are not on disk; false when there will be no more. */
  boolean awaitWork() {
    lock.lock();
    try {
      while (file.changes().added() == synced && !closing && failure == null) {
        work.awaitUninterruptibly();
      }
      return file.changes().added() > synced && failure == null;
    } finally {
      lock.unlock();
    }
  }

  /** Tells whoever waits that there is no room; true to try again, false when it is to end. */
  boolean refuse(long pauseMillis) throws InterruptedException {
    lock.lock();
    try {
      do {
        if (closing) {
          return false;
        }
        refusals++;
        done.signalAll();
        boolean unused = work.await(pauseMillis, TimeUnit.MILLISECONDS);
      } while (space.sentence().isPresent());
      return true;
    } finally {
      lock.unlock();
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

  /** True once the disk has refused something after which nothing more may be written. */
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
        ? space.refusal(cause)
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

  /** Notes that nothing after this may be acknowledged. */
  void fail(Throwable cause) {
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

  /** Lets the committer end when all there is is on disk. */
  void close() {
    lock.lock();
    try {
      closing = true;
      work.signal();
    } finally {
      lock.unlock();
    }
  }
}
