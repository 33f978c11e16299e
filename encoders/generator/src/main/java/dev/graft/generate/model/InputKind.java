package dev.graft.generate.model;

/** What of the client's own an input takes. */
public enum InputKind {
  /** A DataFrame. */
  RELATION,
  /** A Column or, where the language has untyped or overloaded arguments, the name of one. */
  EXPRESSION
}
