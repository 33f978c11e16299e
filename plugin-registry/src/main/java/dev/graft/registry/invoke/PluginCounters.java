package dev.graft.registry.invoke;

import java.util.concurrent.atomic.LongAdder;

/**
 * What a plugin has been asked since it was loaded. Safe for use by several threads; reads are not
 * a consistent set.
 */
public final class PluginCounters {
  /** What came of one extension. */
  enum Outcome {
    ANSWERED,
    DECLINED,
    FAILED
  }

  private final LongAdder answered = new LongAdder();
  private final LongAdder declined = new LongAdder();
  private final LongAdder failed = new LongAdder();

  /** How many extensions it answered. */
  public long answered() {
    return answered.sum();
  }

  /** How many extensions it declined. */
  public long declined() {
    return declined.sum();
  }

  /** How many extensions it failed on. */
  public long failed() {
    return failed.sum();
  }

  /** One extension more. */
  void count(Outcome outcome) {
    switch (outcome) {
      case ANSWERED -> answered.increment();
      case DECLINED -> declined.increment();
      case FAILED -> failed.increment();
    }
  }
}
