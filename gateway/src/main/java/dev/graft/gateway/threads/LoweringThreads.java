package dev.graft.gateway.threads;

import dev.graft.gateway.connect.BackendWait;
import dev.graft.gateway.connect.RefusalStatus;
import dev.graft.gateway.proxy.RewriteExecutor;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads on which plans are lowered. While one waits for the backend, another may work in its
 * place. Safe for use by several threads.
 */
public final class LoweringThreads implements RewriteExecutor, BackendWait, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LoweringThreads.class);

  /** How many plans may wait to be lowered; each may be as large as a message. */
  private static final int WAITING_PLANS = 256;

  /** How many threads may be lost to plugins and replaced. */
  static final int MOST_LOST = 64;

  /** How many plans may be under way in the name of one connection, user or session. */
  static final int PLANS_OF_ONE = 128;

  /**
   * How many threads may wait for the backend. Each of them is replaced, so that waiting keeps
   * nobody else from working; more are refused.
   */
  static final int MOST_WAITING = 256;

  /** The same in the name of one connection, user or session. */
  static final int WAITING_OF_ONE = 64;

  private static final Status TOO_MANY_WAIT =
      Status.UNAVAILABLE.withDescription(
          "The gateway has more plans that wait for schemas from the server behind it than it can"
              + " hold, of all its clients or of this one. Try again later.");

  /** How long a plugin may take to end after it was interrupted; then its thread counts as lost. */
  private static final Duration TO_HEED = Duration.ofSeconds(1);

  private final LoweringSettings settings;
  private final ThreadPoolExecutor pool;
  private final LoweringClock clock;
  private final Turns turns;

  /**
   * Makes a thread take the next request. The pool is given one such task for each request that
   * waits.
   */
  private final Runnable takeTurn = this::takeTurn;

  private int lost; // guarded by this
  private final Shares plans = new Shares(Integer.MAX_VALUE, PLANS_OF_ONE);
  private final Shares waits = new Shares(MOST_WAITING, WAITING_OF_ONE);

  /** No thread is started before there is work for it. */
  public LoweringThreads(LoweringSettings settings) {
    this(settings, LoweringClock.ofSystem(named("graft-lowering-clock-")));
  }

  /** With the clock of a test. */
  LoweringThreads(LoweringSettings settings, LoweringClock clock) {
    this.settings = settings;
    this.clock = clock;
    this.turns = new Turns(WAITING_PLANS, settings.threads());
    this.pool =
        new ThreadPoolExecutor(
            settings.threads(),
            settings.threads(),
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(), // bounded by the turns
            named("graft-lowering-"));
    pool.allowCoreThreadTimeOut(true);
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public Rewriting execute(
      Runnable rewriting, Consumer<StatusRuntimeException> refuse, Set<String> sharers) {
    LoweringTask task =
        new LoweringTask(rewriting, refuse, sharers, plans::giveBack, this::cameBack, clock);
    if (plans.take(task) == task) {
      throw new RejectedExecutionException();
    }
    lookAfter(task, settings.patience().toNanos());
    LoweringTask leaves = turns.add(task);
    if (leaves == task) {
      task.stop();
      throw new RejectedExecutionException();
    }
    if (leaves != null) { // its thread's turn is the other's now
      leaves.refuse(RewriteExecutor.TOO_MANY.asRuntimeException());
      leaves.stop();
      return () -> stop(task);
    }
    try {
      pool.execute(takeTurn);
    } catch (RejectedExecutionException e) {
      turns.remove(task);
      task.stop();
      throw e;
    }
    return () -> stop(task);
  }

  private void takeTurn() {
    LoweringTask next = turns.next();
    if (next != null) {
      try {
        next.run();
      } finally {
        leave(next);
      }
    }
  }

  private void leave(LoweringTask task) {
    if (turns.leave(task) && !pool.isShutdown()) {
      pool.execute(takeTurn);
    }
  }

  @Override
  public <T> T during(Supplier<T> call) {
    LoweringTask task = LoweringTask.ofThread();
    if (task == null) {
      return call.get();
    }
    LoweringTask leaves = waits.take(task);
    if (leaves == task) {
      throw TOO_MANY_WAIT.asRuntimeException();
    }
    if (leaves != null) {
      leaves.refuse(TOO_MANY_WAIT.asRuntimeException());
      stop(leaves);
    }
    task.waitsForBackend(true);
    resize();
    leave(task);
    try {
      return call.get();
    } finally {
      turns.comeBack(task);
      waits.giveBack(task);
      resize();
      task.waitsForBackend(false);
    }
  }

  private void lookAfter(LoweringTask task, long nanos) {
    task.setTimer(clock.after(nanos, () -> look(task)));
  }

  private void look(LoweringTask task) {
    @Nullable Long begun = task.begun();
    if (task.isStopped()) {
      return;
    }
    if (begun == null) {
      task.refuse(
          Status.UNAVAILABLE
              .withDescription(
                  "The gateway did not come to lower this plan: its threads are busy with others. Try again later.")
              .asRuntimeException());
      stop(task);
      return;
    }
    long left = settings.patience().toNanos() - (clock.nanoTime() - begun);
    if (left > 0) {
      lookAfter(task, left); // it has used a part of the time waiting for its turn
      return;
    }
    GraftException refusal =
        new GraftException(
            ErrorCode.GRAFT_PLUGIN_TIMEOUT,
            "The plan was not lowered within the "
                + seconds(settings.patience())
                + " that graft.gateway.lowering-seconds allows; the gateway was in "
                + task.whereabouts()
                + (task.waitsForBackend()
                    ? ", which waited for the backend to tell the schema of a relation. Ask the backend's operator why it is slow, or allow more time."
                    : ". Report this to the plugin's author, or allow more time."));
    Exception where = new Exception("where the lowering was when its time was over");
    where.setStackTrace(task.stackTrace());
    LOG.warn("{}", refusal.getMessage(), where);
    task.refuse(RefusalStatus.of(refusal));
    stop(task);
  }

  private void stop(LoweringTask task) {
    if (task.stop()) {
      task.setTimer(clock.after(TO_HEED.toNanos(), () -> giveUp(task)));
    } else if (turns.remove(task)) {
      pool.remove(takeTurn);
    }
  }

  private synchronized void giveUp(LoweringTask task) {
    String plugin = task.whereabouts();
    StackTraceElement[] stack = task.giveUp();
    if (stack == null) {
      return;
    }
    lost++;
    resize();
    leave(task);
    Exception where = new Exception("where the thread is");
    where.setStackTrace(stack);
    LOG.error(
        "A lowering thread is lost to {}: it was interrupted {} ago and goes on. {} threads are lost, and"
            + " at most {} are replaced; restart the gateway to be rid of them.",
        plugin,
        seconds(TO_HEED),
        lost,
        MOST_LOST,
        where);
  }

  private synchronized void cameBack() {
    lost--;
    resize();
    LOG.info("A lowering thread that was lost has come back; {} are still lost", lost);
  }

  private synchronized void resize() {
    int threads = settings.threads() + Math.min(lost, MOST_LOST) + waits.taken();
    // In this order the core size is never above the maximum.
    if (threads > pool.getMaximumPoolSize()) {
      pool.setMaximumPoolSize(threads);
      pool.setCorePoolSize(threads);
    } else {
      pool.setCorePoolSize(threads);
      pool.setMaximumPoolSize(threads);
    }
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + " s";
  }

  /** Interrupts what is under way, without waiting for it. */
  @Override
  public void close() {
    pool.shutdownNow();
    clock.close();
  }
}
