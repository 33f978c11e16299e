package dev.graft.gateway.threads;

import dev.graft.registry.error.HostFailure;
import dev.graft.registry.invoke.PluginIdentity;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request on its way through the lowering threads. Safe for use by several threads. */
final class LoweringTask implements Runnable {
  private static final ThreadLocal<@Nullable LoweringTask> OF_THREAD = new ThreadLocal<>();

  private final Consumer<StatusRuntimeException> refuse;
  private final Set<String> sharers;
  private final Consumer<LoweringTask> atEnd;
  private final Runnable cameBack;
  private final LoweringClock clock;
  private volatile @Nullable PluginIdentity running;
  private volatile boolean stopped;
  private volatile boolean waitsForBackend;

  // Guarded by this. The work holds the request, and whoever holds this task must not.
  private @Nullable Runnable work;
  private @Nullable Thread thread;
  private @Nullable Future<?> timer;
  private boolean ended;
  private boolean lost;
  private long begunNanos;

  /**
   * A request that waits.
   *
   * @param work rewrites it
   * @param refuse gets the client's answer in its place
   * @param sharers the names that it counts for, see {@link Shares}
   * @param atEnd is run once, when no thread is busy with the request any more and none will be
   * @param cameBack is run when a thread that was given up as lost comes back
   * @param clock tells when it began
   */
  LoweringTask(
      Runnable work,
      Consumer<StatusRuntimeException> refuse,
      Set<String> sharers,
      Consumer<LoweringTask> atEnd,
      Runnable cameBack,
      LoweringClock clock) {
    this.work = work;
    this.refuse = refuse;
    this.sharers = Set.copyOf(sharers);
    this.atEnd = atEnd;
    this.cameBack = cameBack;
    this.clock = clock;
  }

  /** The request that the current thread works on. */
  static @Nullable LoweringTask ofThread() {
    return OF_THREAD.get();
  }

  @Override
  public void run() {
    Runnable begun;
    synchronized (this) {
      begun = work;
      if (stopped || begun == null) {
        return;
      }
      work = null;
      thread = Thread.currentThread();
      begunNanos = clock.nanoTime();
    }
    OF_THREAD.set(this);
    try {
      begun.run();
    } finally {
      OF_THREAD.remove();
      boolean wasLost = end();
      atEnd.accept(this);
      if (wasLost) {
        cameBack.run();
      }
    }
  }

  private synchronized boolean end() {
    ended = true;
    thread = null;
    cancelTimer();
    Thread.interrupted(); // what was meant for this request must not hit the next one
    return lost;
  }

  /**
   * Sets the timer and cancels the one before, which would otherwise keep the request in memory.
   */
  synchronized void setTimer(Future<?> next) {
    cancelTimer();
    if (ended) {
      next.cancel(false);
    } else {
      timer = next;
    }
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  /** When it got its thread, by the clock; null while it waits. */
  synchronized @Nullable Long begun() {
    return thread == null ? null : begunNanos;
  }

  /** The names that it counts for. */
  Set<String> sharers() {
    return sharers;
  }

  void refuse(StatusRuntimeException answer) {
    refuse.accept(answer);
  }

  /**
   * Stops the request, for which nobody waits any more: the plugin that is working on it is
   * interrupted, and no other is asked.
   *
   * @return whether a thread is busy with it
   */
  synchronized boolean stop() {
    stopped = true;
    if (thread != null) {
      thread.interrupt();
      return true;
    }
    work = null;
    cancelTimer();
    if (!ended) {
      ended = true;
      atEnd.accept(this);
    }
    return false;
  }

  synchronized boolean isStopped() {
    return stopped;
  }

  /**
   * Gives its thread up as lost.
   *
   * @return what the thread is doing; null if it has come to its end
   */
  synchronized StackTraceElement @Nullable [] giveUp() {
    if (thread == null || lost) {
      return null;
    }
    lost = true;
    return thread.getStackTrace();
  }

  synchronized StackTraceElement[] stackTrace() {
    return thread == null ? new StackTraceElement[0] : thread.getStackTrace();
  }

  /** The plugin it is in at this moment, for messages. */
  String whereabouts() {
    PluginIdentity plugin = running;
    return plugin == null ? "no plugin" : plugin.describe();
  }

  void waitsForBackend(boolean waits) {
    waitsForBackend = waits;
  }

  /** Whether it is in a call to the backend at this moment. */
  boolean waitsForBackend() {
    return waitsForBackend;
  }

  /**
   * Notes that a plugin is about to be asked.
   *
   * @return the plugin in whose call this happens, or null; to be given to {@link #leave}
   */
  @Nullable PluginIdentity enter(PluginIdentity plugin) {
    if (stopped) {
      throw new HostFailure(
          Status.CANCELLED
              .withDescription("Nobody waits for this plan any more")
              .asRuntimeException());
    }
    PluginIdentity outer = running;
    running = plugin;
    return outer;
  }

  void leave(@Nullable PluginIdentity outer) {
    running = outer;
  }
}
