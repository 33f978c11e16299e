package dev.graft.registry.plugin;

import java.util.concurrent.atomic.LongAdder;

/**
 * What a plugin has been asked since it was loaded. Safe for use by several threads; reads are not
 * a consistent set.
 */
public final class PluginCounters {
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

  /** It answered an extension. */
  public void countAnswered() {
    answered.increment();
  }

  /** It declined one. */
  public void countDeclined() {
    declined.increment();
  }

  /** It failed on one. */
  public void countFailed() {
    failed.increment();
  }
}
