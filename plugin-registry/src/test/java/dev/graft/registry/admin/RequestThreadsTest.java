package dev.graft.registry.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.registry.testkit.CapturedLog;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Requests when more come than can be answered. */
class RequestThreadsTest {
  private static final int MOST = 4 + 32;

  @Test
  void oneTooManyIsCutOffAtOnceAndSaidInTheLog() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(MOST);
    AtomicBoolean cutOff = new AtomicBoolean();
    RefusalLog refusals = new RefusalLog();
    try (CapturedLog log = new CapturedLog();
        RequestThreads threads = new RequestThreads(Duration.ofMinutes(5), refusals::tooMany)) {
      for (int i = 0; i < MOST; i++) {
        threads.execute(
            () -> {
              await(end);
              answered.countDown();
            });
      }
      assertThat(log.warnings("dev.graft.admin")).isEmpty();

      threads.execute(() -> cutOff.set(Thread.currentThread().isInterrupted()));

      assertThat(cutOff).isTrue();
      assertThat(Thread.interrupted()).as("it was for that request alone").isFalse();
      assertThat(log.warnings("dev.graft.admin"))
          .containsExactly(
              "Refused a connection: as many requests as may are under way or wait already.");
      end.countDown();
      answered.await();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
