package dev.graft.gateway;

import java.time.Duration;
import java.util.concurrent.Callable;

/** How long tests wait for what must come, on a machine that may be very busy. */
final class Patience {
  /** Far from the minutes after which the gateway would act by itself. */
  static final Duration LIMIT = Duration.ofSeconds(60);

  private Patience() {}

  /**
   * Waits until something is so.
   *
   * @param what in words
   * @throws AssertionError if it does not come to be so
   */
  static void await(String what, Callable<Boolean> wanted) throws Exception {
    long begin = System.nanoTime();
    while (!wanted.call()) {
      if (System.nanoTime() - begin > LIMIT.toNanos()) {
        throw new AssertionError("In " + LIMIT.toSeconds() + " s it did not come about: " + what);
      }
      Thread.sleep(20);
    }
  }
}
