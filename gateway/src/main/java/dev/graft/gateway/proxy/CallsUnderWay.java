package dev.graft.gateway.proxy;

import java.util.concurrent.atomic.AtomicInteger;

/** How many calls are being passed on. Safe for use by several threads. */
public final class CallsUnderWay {
  private final AtomicInteger count = new AtomicInteger();

  /** No calls. */
  public CallsUnderWay() {}

  void begin() {
    count.incrementAndGet();
  }

  void end() {
    count.decrementAndGet();
  }

  /** How many there are at this moment. */
  public int count() {
    return count.get();
  }
}
