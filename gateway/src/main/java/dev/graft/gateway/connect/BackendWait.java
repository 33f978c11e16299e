package dev.graft.gateway.connect;

import java.util.function.Supplier;

/**
 * Is told while a thread that lowers plans waits for the backend. Safe for use by several threads.
 */
@FunctionalInterface
public interface BackendWait {
  /**
   * Makes a call to the backend.
   *
   * @param call waits for the answer; whatever it throws is thrown
   */
  <T> T during(Supplier<T> call);
}
