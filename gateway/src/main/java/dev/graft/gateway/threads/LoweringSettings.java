package dev.graft.gateway.threads;

import java.time.Duration;

/**
 * How plans are lowered.
 *
 * @param threads how many plans are lowered at once
 * @param patience how long the lowering of one plan may take, and how long it may wait for its turn
 */
public record LoweringSettings(int threads, Duration patience) {
  /** As many as there are processors; plugins plan, which takes milliseconds. */
  public static final LoweringSettings DEFAULT =
      new LoweringSettings(
          Math.max(2, Runtime.getRuntime().availableProcessors()), Duration.ofSeconds(60));

  public LoweringSettings {
    if (threads < 1 || patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException(threads + ", " + patience);
    }
  }
}
