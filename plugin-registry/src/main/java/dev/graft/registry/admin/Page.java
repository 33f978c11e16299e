package dev.graft.registry.admin;

/** Something that the admin port gives or does. Safe for use by several threads. */
interface Page {
  /** The HTTP method: {@code GET} where nothing is changed, or else {@code POST}. */
  String method();

  /** Does it. */
  Answer answer(Request request);
}
