package dev.graft.servers;

/** Where work that takes a while says how far it is. */
@FunctionalInterface
public interface Progress {
  /**
   * Tells where the work is; may be called often, and each call replaces what the one before said.
   *
   * @param status a short text of one line, such as {@code 12 files, 34 MB}
   */
  void report(String status);

  /** Tells nobody. */
  static Progress none() {
    return status -> {};
  }
}
