package dev.graft.generate.model;

/** The type of one value: of a field, of a list's element, of a map's value. */
public sealed interface ValueType {
  /** A number, a truth value, a text, or bytes. */
  record Scalar(ScalarKind kind) implements ValueType {}

  /** A type of the plugin's own, which a client has a type for. */
  sealed interface Reference extends ValueType {
    /** The full name. */
    String fullName();
  }

  /**
   * An enum.
   *
   * @param fullName to be looked up by {@link ClientFile#enumeration}
   */
  record EnumReference(String fullName) implements Reference {}

  /**
   * A message of the plugin's own.
   *
   * @param fullName to be looked up by {@link ClientFile#message}; messages may refer to themselves
   */
  record MessageReference(String fullName) implements Reference {}

  /**
   * A DataFrame or a Column, in a message of Spark's or in its bytes.
   *
   * @param plan whether a plan stands around it; of relations only
   */
  record Input(InputKind kind, boolean plan) implements ValueType {}

  /** A message of google/protobuf that holds one value, so that it may be absent. */
  record Wrapped(ScalarKind kind) implements ValueType {}

  /** Another message of google/protobuf. */
  record WellKnown(WellKnownType type) implements ValueType {}

  /**
   * A message of Spark's or protobuf's that is neither an input nor well known, such as {@code
   * spark.connect.DataType}. Clients take it as the language's generated message where there is
   * one, and as its bytes everywhere.
   */
  record ForeignMessage(String fullName) implements ValueType {}
}
