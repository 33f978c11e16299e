package dev.graft.gateway;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a gateway is made of and must be closed, the last part first, and once. Safe for use by
 * several threads.
 */
final class Parts {
  private final Deque<Runnable> closing = new ArrayDeque<>();

  /** A part has been opened. */
  synchronized void opened(Runnable close) {
    closing.push(close);
  }

  synchronized void close() {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
  }
}
