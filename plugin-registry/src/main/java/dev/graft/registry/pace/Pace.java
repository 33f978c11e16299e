package dev.graft.registry.pace;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lets something happen at most once in a given time, so that clients who provoke it cannot fill a
 * log. Safe for use by several threads.
 */
public final class Pace {
  private final long betweenNanos;
  private final LongSupplier nanoTime;
  private final AtomicLong due;

  /** The first turn is at once. */
  public Pace(Duration between) {
    this(between, System::nanoTime);
  }

  /** With the clock of a test. */
  Pace(Duration between, LongSupplier nanoTime) {
    this.betweenNanos = between.toNanos();
    this.nanoTime = nanoTime;
    this.due = new AtomicLong(nanoTime.getAsLong());
  }

  /** Whether it is time again. True for one caller only each time. */
  public boolean turn() {
    long now = nanoTime.getAsLong();
    long next = due.get();
    return now - next >= 0 && due.compareAndSet(next, now + betweenNanos);
  }
}
