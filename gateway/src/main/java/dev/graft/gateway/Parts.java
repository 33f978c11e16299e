package dev.graft.gateway;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The parts of a gateway that must be closed: once, and the part opened last first. Safe for use by
 * several threads.
 */
final class Parts {
  private final Deque<Runnable> closing = new ArrayDeque<>();

  /** Adds a part that has been opened. */
  synchronized void opened(Runnable close) {
    closing.push(close);
  }

  synchronized void close() {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
  }
}
