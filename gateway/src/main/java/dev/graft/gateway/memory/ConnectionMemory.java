package dev.graft.gateway.memory;

import java.util.concurrent.atomic.AtomicLong;

/** What the calls of one connection take together. Safe for use by several threads. */
final class ConnectionMemory {
  private final AtomicLong taken = new AtomicLong();

  /** How many calls there are; guarded by the map that holds this. */
  int calls;

  /** Takes bytes, or none of them. */
  boolean take(long bytes, long most) {
    if (taken.addAndGet(bytes) <= most) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }
}
