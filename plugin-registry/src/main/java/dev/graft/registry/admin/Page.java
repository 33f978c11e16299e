package dev.graft.registry.admin;

/** Something that the admin port gives or does. Safe for use by several threads. */
interface Page {
  /** The HTTP method: {@code GET} where nothing is changed, or else {@code POST}. */
  String method();

  /**
   * Does it.
   *
   * @param threads those of the port, for what takes its time
   * @param peer the address of who asks, for the log
   */
  Answer answer(RequestThreads threads, String peer);

  /**
   * What is sent back.
   *
   * @param status of HTTP
   * @param text for people, without a line break at its end
   * @param value the same for programs, as {@link Json} takes it
   */
  record Answer(int status, String text, Object value) {}
}
