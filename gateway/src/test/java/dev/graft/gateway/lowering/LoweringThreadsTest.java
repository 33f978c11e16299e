package dev.graft.gateway.lowering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.gateway.proxy.RewriteExecutor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How many threads plugins can take, and what happens to requests then. */
class LoweringThreadsTest {
  private final BlockingQueue<StatusRuntimeException> refusals = new LinkedBlockingQueue<>();
  private final Semaphore begun = new Semaphore(0);
  private final CountDownLatch released = new CountDownLatch(1);
  private final ManualClock clock = new ManualClock();

  /** Runs until it is released, whatever anybody says. */
  private void hang() {
    begun.release();
    while (released.getCount() > 0) {
      try {
        released.await();
      } catch (InterruptedException e) {
        // goes on
      }
    }
  }

  private void hang(LoweringThreads lowering, int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      lowering.execute(this::hang, refusal -> {});
      assertThat(begun.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private Status.Code nextRefusal() throws InterruptedException {
    StatusRuntimeException refusal = refusals.poll(20, TimeUnit.SECONDS);
    if (refusal == null) {
      throw new AssertionError("Nothing was refused");
    }
    return refusal.getStatus().getCode();
  }

  @Test
  void lostThreadsAreReplacedUpToABoundAndThenRequestsAreRefused() throws Exception {
    int threads = 64;
    LoweringSettings settings = new LoweringSettings(threads, Duration.ofMillis(200));
    try (LoweringThreads lowering = new LoweringThreads(settings, clock)) {
      hang(lowering, threads);
      clock.pass(Duration.ofSeconds(2)); // all of them are lost, and replaced
      hang(lowering, LoweringThreads.MOST_LOST);
      clock.pass(Duration.ofSeconds(2)); // these are lost as well, and no more are replaced

      lowering.execute(begun::release, refusals::add);
      clock.pass(Duration.ofSeconds(2));

      assertThat(nextRefusal()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(begun.availablePermits()).isZero();

      released.countDown();
      lowering.execute(begun::release, refusals::add);
      assertThat(begun.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      assertThat(refusals).isEmpty();
    } finally {
      released.countDown();
    }
  }

  @Test
  void whatWaitedForItsTurnHasItsFullTimeWhenItComes() throws Exception {
    LoweringSettings settings = new LoweringSettings(1, Duration.ofSeconds(2));
    CountDownLatch firstEnds = new CountDownLatch(1);
    BlockingQueue<Boolean> interrupted = new LinkedBlockingQueue<>();
    try (LoweringThreads lowering = new LoweringThreads(settings, clock)) {
      lowering.execute(() -> hangUntil(firstEnds), refusals::add);
      assertThat(begun.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      lowering.execute(
          () -> {
            hangUntil(released);
            interrupted.add(Thread.interrupted());
          },
          refusals::add);
      lowering.execute(begun::release, refusals::add);
      clock.pass(Duration.ofMillis(1_500));
      firstEnds.countDown();
      assertThat(begun.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      clock.pass(Duration.ofMillis(1_500));

      // The second came three seconds ago, and the third has waited too long.
      assertThat(nextRefusal()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(refusals).isEmpty();
      released.countDown();
      assertThat(interrupted.poll(20, TimeUnit.SECONDS)).isFalse();
      assertThat(begun.availablePermits()).isZero();
    } finally {
      released.countDown();
    }
  }

  private void hangUntil(CountDownLatch end) {
    begun.release();
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void nothingOfARequestIsKeptOnceItIsCancelled() throws Exception {
    LoweringSettings settings = new LoweringSettings(1, Duration.ofSeconds(60));
    try (LoweringThreads lowering = new LoweringThreads(settings, clock)) {
      Held running = execute(lowering, () -> hangUntil(released));
      assertThat(begun.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      Held waiting = execute(lowering, () -> {});

      waiting.task().cancel();
      running.task().cancel();
      Held next = execute(lowering, begun::release);
      assertThat(begun.tryAcquire(20, TimeUnit.SECONDS)).isTrue();

      for (Held held : List.of(running, waiting, next)) {
        awaitCollected(held.request());
      }
      awaitNothingOutstanding();
    }
  }

  /** A request that only the work for it holds, and what its call keeps of that. */
  private record Held(RewriteExecutor.Rewriting task, WeakReference<byte[]> request) {}

  private Held execute(LoweringThreads lowering, Runnable deed) {
    byte[] request = new byte[1_000];
    WeakReference<byte[]> held = new WeakReference<>(request);
    return new Held(
        lowering.execute(
            () -> {
              deed.run();
              assertThat(request).hasSize(1_000);
            },
            refusals::add),
        held);
  }

  private static void awaitCollected(WeakReference<byte[]> request) throws InterruptedException {
    for (int tries = 0; request.get() != null; tries++) {
      assertThat(tries).as("collections that the request has outlived").isLessThan(200);
      System.gc();
      Thread.sleep(20);
    }
  }

  private void awaitNothingOutstanding() throws InterruptedException {
    for (int tries = 0; clock.outstanding() > 0; tries++) {
      assertThat(tries).as("looks at timers that are left").isLessThan(1_000);
      Thread.sleep(20);
    }
  }

  @Test
  void anInterruptMeantForOneRequestDoesNotHitTheNext() throws Exception {
    LoweringSettings settings = new LoweringSettings(1, Duration.ofSeconds(20));
    try (LoweringThreads lowering = new LoweringThreads(settings)) {
      BlockingQueue<Boolean> interrupted = new LinkedBlockingQueue<>();
      for (int i = 0; i < 2_000; i++) {
        var first = lowering.execute(() -> {}, refusals::add);
        lowering.execute(() -> interrupted.add(Thread.interrupted()), refusals::add);
        first.cancel();
        assertThat(interrupted.poll(20, TimeUnit.SECONDS)).isFalse();
      }
    }
  }

  @Test
  void moreThanCanWaitAreRejected() throws Exception {
    LoweringSettings settings = new LoweringSettings(1, Duration.ofSeconds(20));
    try (LoweringThreads lowering = new LoweringThreads(settings)) {
      lowering.execute(this::hang, refusals::add);
      begun.acquire();
      for (int i = 0; i < 256; i++) {
        lowering.execute(() -> {}, refusals::add);
      }

      assertThatThrownBy(() -> lowering.execute(() -> {}, refusals::add))
          .isInstanceOf(RejectedExecutionException.class);
    } finally {
      released.countDown();
    }
  }
}
