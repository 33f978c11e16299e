package dev.graft.generate.model;

/** Where in a plan an extension stands. */
public enum OperationKind {
  /** It stands for rows. */
  RELATION,
  /** It stands for a value in each row. */
  EXPRESSION,
  /** It asks for something to be done. */
  COMMAND;

  /** The word for it. */
  public Name asName() {
    return Name.of(name());
  }
}
