package dev.graft.spi;

/**
 * The three places of a Spark Connect plan that may hold an extension, each with its own class
 * list.
 */
public enum ExtensionKind {
  /** {@code Relation.extension}, field 998: answered by a relation. */
  RELATION,
  /** {@code Expression.extension}, field 999: answered by an expression. */
  EXPRESSION,
  /** {@code Command.extension}, field 999: answered by a result, rows among others. */
  COMMAND;

  /** The kind's word in configuration keys, reports and messages, for example {@code relation}. */
  public String word() {
    return switch (this) {
      case RELATION -> "relation";
      case EXPRESSION -> "expression";
      case COMMAND -> "command";
    };
  }
}
