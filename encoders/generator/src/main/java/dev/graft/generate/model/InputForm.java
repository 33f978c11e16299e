package dev.graft.generate.model;

/** What an input is in its message. The runtime knows it from the descriptor. */
public enum InputForm {
  /** A {@code spark.connect.Relation} or {@code spark.connect.Expression}. */
  NODE,
  /** A {@code spark.connect.Plan}. */
  PLAN,
  /** A serialised {@code spark.connect.Relation} or {@code spark.connect.Expression}. */
  NODE_BYTES,
  /** A serialised {@code spark.connect.Plan}. */
  PLAN_BYTES
}
