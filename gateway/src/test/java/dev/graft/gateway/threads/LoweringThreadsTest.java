package dev.graft.gateway.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.gateway.proxy.RewriteExecutor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** How many threads plugins can take, and what happens to requests then. */
class LoweringThreadsTest {
  private final BlockingQueue<StatusRuntimeException> refusals = new LinkedBlockingQueue<>();
  private final Semaphore begun = new Semaphore(0);
  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicInteger users = new AtomicInteger();
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

  /** Another one each time. */
  private Set<String> somebody() {
    return Set.of("user " + users.incrementAndGet());
  }

  private void hang(LoweringThreads lowering, int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      lowering.execute(this::hang, refusal -> {}, somebody());
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

      lowering.execute(begun::release, refusals::add, somebody());
      clock.pass(Duration.ofSeconds(2));

      assertThat(nextRefusal()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(begun.availablePermits()).isZero();

      released.countDown();
      lowering.execute(begun::release, refusals::add, somebody());
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
      lowering.execute(() -> hangUntil(firstEnds), refusals::add, somebody());
      assertThat(begun.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      lowering.execute(
          () -> {
            hangUntil(released);
            interrupted.add(Thread.interrupted());
          },
          refusals::add,
          somebody());
      lowering.execute(begun::release, refusals::add, somebody());
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
  void nobodyHasAllThreadsSoThatOthersNeedNotWait() throws Exception {
    LoweringSettings settings = new LoweringSettings(2, Duration.ofSeconds(60));
    try (LoweringThreads lowering = new LoweringThreads(settings, clock)) {
      for (int i = 0; i < 3; i++) {
        lowering.execute(() -> hangUntil(released), refusals::add, Set.of("user eve"));
      }
      assertThat(begun.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      CountDownLatch ofAda = new CountDownLatch(1);
      lowering.execute(ofAda::countDown, refusals::add, Set.of("user ada"));

      assertThat(ofAda.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(begun.availablePermits()).isZero();

      released.countDown(); // and those of whoever has no more to wait for come one by one
      assertThat(begun.tryAcquire(2, 20, TimeUnit.SECONDS)).isTrue();
    } finally {
      released.countDown();
    }
  }

  @Test
  void whoeverHasTakenItsShareIsRejectedAndOthersAreNot() throws Exception {
    LoweringSettings settings = new LoweringSettings(1, Duration.ofSeconds(60));
    try (LoweringThreads lowering = new LoweringThreads(settings, clock)) {
      List<RewriteExecutor.Rewriting> ofEve = new ArrayList<>();
      for (int i = 0; i < LoweringThreads.PLANS_OF_ONE; i++) {
        Set<String> eve = Set.of("user eve", "session " + i);
        ofEve.add(lowering.execute(() -> hangUntil(released), refusals::add, eve));
      }

      assertThatThrownBy(() -> lowering.execute(() -> {}, refusals::add, Set.of("user eve")))
          .isInstanceOf(RejectedExecutionException.class);
      lowering.execute(begun::release, refusals::add, Set.of("user ada"));
      ofEve.get(5).cancel();
      lowering.execute(begun::release, refusals::add, Set.of("user eve"));
      released.countDown();
      assertThat(begun.tryAcquire(LoweringThreads.PLANS_OF_ONE - 1 + 2, 20, TimeUnit.SECONDS))
          .isTrue();
    }
  }

  @Test
  void whoSendsManyDoesNotMakeOthersWaitBehindThemAll() throws Exception {
    LoweringSettings settings = new LoweringSettings(1, Duration.ofSeconds(60));
    try (LoweringThreads lowering = new LoweringThreads(settings, clock)) {
      BlockingQueue<String> order = new LinkedBlockingQueue<>();
      lowering.execute(() -> hangUntil(released), refusals::add, Set.of("user eve"));
      assertThat(begun.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < 4; i++) {
        Set<String> eve = Set.of("user eve", "session " + i);
        lowering.execute(() -> order.add("eve"), refusals::add, eve);
      }
      for (int i = 0; i < 2; i++) {
        lowering.execute(() -> order.add("ada"), refusals::add, Set.of("user ada"));
      }
      released.countDown();

      for (String next : List.of("eve", "ada", "eve", "ada", "eve", "eve")) {
        assertThat(order.poll(20, TimeUnit.SECONDS)).isEqualTo(next);
      }
    }
  }

  @Test
  void whatWaitsForTheBackendKeepsNobodyFromWorking() throws Exception {
    LoweringSettings settings = new LoweringSettings(1, Duration.ofSeconds(60));
    try (LoweringThreads lowering = new LoweringThreads(settings, clock)) {
      BlockingQueue<String> refused = new LinkedBlockingQueue<>();
      for (int user = 0; user < 4; user++) { // they take all there is, each no more than its share
        Set<String> sharers = Set.of("user " + user);
        for (int i = 0; i < LoweringThreads.WAITING_OF_ONE + 10; i++) {
          lowering.execute(() -> waitForBackend(lowering, refused), refusals::add, sharers);
        }
        for (int i = 0; i < 10; i++) {
          assertThat(refused.poll(20, TimeUnit.SECONDS)).contains("Try again later");
        }
        assertThat(begun.tryAcquire(LoweringThreads.WAITING_OF_ONE, 20, TimeUnit.SECONDS)).isTrue();
      }
      lowering.execute(begun::release, refusals::add, Set.of("user ada"));
      assertThat(begun.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      assertThat(refused).isEmpty();
    } finally {
      released.countDown();
    }
  }

  private void waitForBackend(LoweringThreads lowering, BlockingQueue<String> refused) {
    try {
      lowering.during(
          () -> {
            hangUntil(released);
            return "answer";
          });
    } catch (StatusRuntimeException e) {
      refused.add(String.valueOf(e.getStatus().getDescription()));
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
            refusals::add,
            somebody()),
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
        var first = lowering.execute(() -> {}, refusals::add, somebody());
        lowering.execute(() -> interrupted.add(Thread.interrupted()), refusals::add, somebody());
        first.cancel();
        assertThat(interrupted.poll(20, TimeUnit.SECONDS)).isFalse();
      }
    }
  }

  @Test
  void whereAllPlacesAreTakenTheLatestOfWhoHasMostGivesWay() throws Exception {
    LoweringSettings settings = new LoweringSettings(1, Duration.ofSeconds(20));
    try (LoweringThreads lowering = new LoweringThreads(settings, clock)) {
      lowering.execute(this::hang, refusals::add, somebody());
      begun.acquire();
      List<String> refused = new ArrayList<>();
      List<String> done = Collections.synchronizedList(new ArrayList<>());
      for (int i = 0; i < 256; i++) {
        String name = (i % 2 == 0 ? "eve " : "mallory ") + i;
        lowering.execute(
            () -> done.add(name),
            refusal -> refused.add(name),
            Set.of("user " + name.split(" ", 2)[0], "session " + i));
      }
      lowering.execute(() -> done.add("ada"), refusals::add, Set.of("user ada"));
      lowering.execute(() -> done.add("bob"), refusals::add, Set.of("user bob"));
      lowering.execute(begun::release, refusals::add, Set.of("user carol"));
      assertThat(refused).hasSize(3).containsAnyOf("eve 254", "mallory 255");
      assertThatThrownBy(() -> lowering.execute(() -> {}, refusals::add, Set.of("user eve")))
          .isInstanceOf(RejectedExecutionException.class);

      released.countDown();
      assertThat(begun.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      await("all had their turn", () -> done.size() == 256 - 3 + 2);
      assertThat(done).contains("ada", "bob").doesNotContainAnyElementsOf(refused);
    } finally {
      released.countDown();
    }
  }

  private static void await(String what, BooleanSupplier reached) throws InterruptedException {
    long begin = System.nanoTime();
    while (!reached.getAsBoolean()) {
      assertThat(System.nanoTime() - begin).as(what).isLessThan(TimeUnit.SECONDS.toNanos(20));
      Thread.sleep(10);
    }
  }

  @Test
  void whoWaitsForTheBackendGivesWayToWhoHasLess() throws Exception {
    LoweringSettings settings = new LoweringSettings(1, Duration.ofSeconds(60));
    try (LoweringThreads lowering = new LoweringThreads(settings, clock)) {
      BlockingQueue<String> refused = new LinkedBlockingQueue<>();
      for (int user = 0; user < 4; user++) {
        Set<String> sharers = Set.of("user " + user);
        for (int i = 0; i < LoweringThreads.WAITING_OF_ONE; i++) {
          lowering.execute(() -> waitForBackend(lowering, refused), refusals::add, sharers);
        }
        assertThat(begun.tryAcquire(LoweringThreads.WAITING_OF_ONE, 20, TimeUnit.SECONDS)).isTrue();
      }

      lowering.execute(() -> waitForBackend(lowering, refused), refusals::add, Set.of("user ada"));

      assertThat(begun.tryAcquire(20, TimeUnit.SECONDS)).as("ada's waits").isTrue();
      assertThat(nextRefusal()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(refused).isEmpty();
    } finally {
      released.countDown();
    }
  }

  @Test
  void moreThanCanWaitAreRejected() throws Exception {
    LoweringSettings settings = new LoweringSettings(1, Duration.ofSeconds(20));
    try (LoweringThreads lowering = new LoweringThreads(settings)) {
      lowering.execute(this::hang, refusals::add, somebody());
      begun.acquire();
      for (int i = 0; i < 256; i++) {
        lowering.execute(() -> {}, refusals::add, somebody());
      }

      assertThatThrownBy(() -> lowering.execute(() -> {}, refusals::add, somebody()))
          .isInstanceOf(RejectedExecutionException.class);
    } finally {
      released.countDown();
    }
  }
}
