package soloist.plugin;

import io.vertx.core.Context;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The one place where code of a plugin is called. Every call runs on a platform thread of the
 * plugin's own group, because a virtual one that never ends would take a carrier from everybody;
 * who calls waits for as long as the limit of the call, then goes on without it.
 */
final class Guard implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Guard.class.getName());
  private static final String GROUP = "plugin ";
  private static final int CALLERS = 4;
  private static final int QUEUE = 100;
  private static final int MOST_SENDERS = 64;
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

  /** Beyond our own threads; more are taken for a flood. */
  private static final int MOST_THREADS = 200;

  /**
   * How long calls may take.
   *
   * @param call every call but the two below
   * @param send a message over its connection
   * @param idle a job without progress
   */
  record Limits(Duration call, Duration send, Duration idle) {
    static final Limits USUAL =
        new Limits(Duration.ofSeconds(5), Duration.ofSeconds(660), Duration.ofSeconds(60));
  }

  /** Work that tells how it gets on, so that only standing still counts as hanging. */
  interface Job<T> {
    T run(Progress progress) throws Exception;
  }

  private final String plugin;
  private final Limits limits;
  private final Marks marks;
  private final Breaker breaker = new Breaker(System::nanoTime);
  private final ThreadGroup group;
  private final ThreadPoolExecutor callers;
  private final ThreadPoolExecutor senders;
  private final ThreadPoolExecutor jobs;

  /** Calls under way that somebody waits for. */
  private final Set<Progress> waited = ConcurrentHashMap.newKeySet();

  private volatile @Nullable ClassLoader loader;
  private volatile @Nullable Reason fault;

  Guard(String plugin, Limits limits, Marks marks) {
    this.plugin = plugin;
    this.limits = limits;
    this.marks = marks;
    group = new ThreadGroup(GROUP + plugin);
    callers = pool(CALLERS, new ArrayBlockingQueue<>(QUEUE));
    callers.setCorePoolSize(CALLERS);
    callers.allowCoreThreadTimeOut(true);
    senders = pool(MOST_SENDERS, new SynchronousQueue<>());
    jobs = pool(MOST_SENDERS, new SynchronousQueue<>());
  }

  private ThreadPoolExecutor pool(int most, BlockingQueue<Runnable> queue) {
    return new ThreadPoolExecutor(
        0,
        most,
        KEEP_ALIVE.toMillis(),
        TimeUnit.MILLISECONDS,
        queue,
        work -> {
          Thread thread = new Thread(group, work, "plugin-" + plugin);
          thread.setDaemon(true);
          thread.setContextClassLoader(loader);
          return thread;
        });
  }

  /** Threads started from now on find their classes here first. */
  void setLoader(ClassLoader loader) {
    this.loader = loader;
  }

  /**
   * A short call.
   *
   * @param what the name of the call, told when it fails
   * @throws PluginFault when it fails, takes too long or answers nothing
   */
  <T> T call(String what, Callable<T> work) {
    return call(what, NoException.class, work);
  }

  /** A short call that may refuse by an exception of the contract, which is no fault. */
  <T, E extends Exception> T call(String what, Class<E> allowed, Callable<T> work) throws E {
    return await(what, callers, allowed, _ -> work.call(), limits.call());
  }

  /** Sends a message, on a thread of its connection. */
  <T> T send(Callable<T> work) {
    return await("send", senders, NoException.class, _ -> work.call(), limits.send());
  }

  /** A job that counts as hanging when it stands still. */
  <T, E extends Exception> T job(String what, Class<E> allowed, Job<T> work) throws E {
    return await(what, jobs, allowed, work, limits.idle());
  }

  private <T, E extends Exception> T await(
      String what, ThreadPoolExecutor pool, Class<E> allowed, Job<T> work, Duration limit)
      throws E {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException("a plugin is never called on an event loop");
    }
    if (breaker.isOpen()) {
      throw new PluginFault(plugin, Reason.of("plugin-rests"), false);
    }
    Progress progress = new Progress();
    Future<T> result;
    try {
      result = pool.submit(() -> marked(what, allowed, work, progress));
    } catch (RejectedExecutionException _) {
      throw new PluginFault(plugin, Reason.of("plugin-busy", what), false);
    }
    try {
      T answer = within(result, progress, limit);
      progress.rethrowHostFailure();
      if (answer == null) {
        throw failed(Reason.of("plugin-null", what));
      }
      fault = null;
      return answer;
    } catch (TimeoutException _) {
      progress.cancel();
      waited.remove(progress);
      result.cancel(true);
      throw failed(
          Reason.of("plugin-hangs", what, Long.toString(Math.ceilDiv(limit.toMillis(), 1_000))));
    } catch (ExecutionException e) {
      progress.rethrowHostFailure();
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (allowed.isInstance(cause)) {
        fault = null;
        throw allowed.cast(cause);
      }
      throw failed(
          cause instanceof Described described
              ? described.reason
              : Reason.of("plugin-throws", what, cause.getClass().getName()));
    } catch (InterruptedException _) {
      progress.cancel();
      waited.remove(progress);
      result.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while '" + plugin + "' was at work");
    }
  }

  /** Runs on the thread of the plugin, where also its exceptions are asked what they say. */
  private <T> T marked(String what, Class<?> allowed, Job<T> work, Progress progress)
      throws Exception {
    waited.add(progress);
    marks.begin(plugin);
    progress.moved();
    try {
      return work.run(progress);
    } catch (Throwable e) {
      if (allowed.isInstance(e)) {
        throw e;
      }
      throw new Described(reason(what, e));
    } finally {
      marks.end(plugin);
      waited.remove(progress);
    }
  }

  private static <T> T within(Future<T> result, Progress progress, Duration limit)
      throws InterruptedException, ExecutionException, TimeoutException {
    while (true) {
      long left = limit.toNanos() - progress.idle();
      try {
        return result.get(Math.max(0, left), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        if (progress.idle() >= limit.toNanos()) {
          throw e;
        }
      }
    }
  }

  private PluginFault failed(Reason reason) {
    fault = reason;
    breaker.fault();
    return new PluginFault(plugin, reason, true);
  }

  private Reason reason(String what, Throwable cause) {
    Throwable root = cause;
    while (root instanceof java.lang.reflect.InvocationTargetException
        || (root instanceof org.pf4j.PluginRuntimeException && root.getCause() != null)) {
      root = root.getCause() == null ? new IllegalStateException() : root.getCause();
    }
    // Its stack goes to the log now: kept, it would keep the classes of the plugin.
    LOG.log(System.Logger.Level.WARNING, "plugin " + plugin + " failed in " + what, root);
    String said = root.getClass().getName() + ": " + root.getMessage();
    return switch (root) {
      case StackOverflowError _ -> Reason.of("plugin-stack", what);
      case OutOfMemoryError _ -> Reason.of("plugin-memory", what);
      case LinkageError _ -> Reason.of("plugin-link", what, said);
      case ClassNotFoundException _ -> Reason.of("plugin-link", what, said);
      case ClassCastException _ -> Reason.of("plugin-type", what, said);
      default -> Reason.of("plugin-throws", what, said);
    };
  }

  /** What went wrong at the last call; empty when it went well. */
  Optional<Reason> fault() {
    return Optional.ofNullable(fault);
  }

  /** The number of threads when they are too many for a plugin that behaves. */
  Optional<Integer> flood() {
    int threads = group.activeCount();
    return threads > MOST_THREADS ? Optional.of(threads) : Optional.empty();
  }

  /** Plugins of which a thread is ending the process just now. */
  static Set<String> exiting() {
    Set<String> exiting = new HashSet<>();
    Thread.getAllStackTraces()
        .forEach(
            (thread, stack) -> {
              ThreadGroup of = thread.getThreadGroup();
              if (of != null
                  && of.getName().startsWith(GROUP)
                  && Arrays.stream(stack).anyMatch(Guard::isExit)) {
                exiting.add(of.getName().substring(GROUP.length()));
              }
            });
    return exiting;
  }

  private static boolean isExit(StackTraceElement frame) {
    return frame.getClassName().equals("java.lang.Runtime") && frame.getMethodName().equals("exit");
  }

  /** Waits until what is under way has ended, for at most this long. */
  void drain(Duration most) {
    long end = System.nanoTime() + most.toNanos();
    while (!waited.isEmpty() && System.nanoTime() - end < 0) {
      java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
      if (Thread.interrupted()) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Calls nothing any more and interrupts what is left, also threads that the plugin started. */
  @Override
  public void close() {
    callers.shutdownNow();
    senders.shutdownNow();
    jobs.shutdownNow();
    waited.forEach(Progress::cancel);
    group.interrupt();
    loader = null;
  }

  /** What went wrong, in words of ours. */
  private static final class Described extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Reason reason;

    Described(Reason reason) {
      super(null, null, false, false);
      this.reason = reason;
    }
  }

  /** Allows nothing: it is never thrown. */
  static final class NoException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
