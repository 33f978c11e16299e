package dev.graft.generate.model;

/** The type of one value: of a field, of a list's element, of a map's value. */
public sealed interface ValueType {
  /** A number, a truth value, a text, or bytes. */
  record Scalar(ScalarKind kind) implements ValueType {}

  /**
   * An enum.
   *
   * @param fullName to be looked up by {@link ClientFile#enumeration}
   */
  record EnumReference(String fullName) implements ValueType {}

  /**
   * A message of the plugin's own.
   *
   * @param fullName to be looked up by {@link ClientFile#message}; messages may refer to themselves
   */
  record MessageReference(String fullName) implements ValueType {}

  /** A DataFrame or a Column. */
  record Input(InputKind kind, InputForm form) implements ValueType {}

  /** A message of google/protobuf. */
  record WellKnown(WellKnownType type) implements ValueType {}

  /**
   * A message of Spark's or protobuf's that is neither an input nor well known, such as {@code
   * spark.connect.DataType}. Clients take it as the language's generated message where there is
   * one, and as its bytes everywhere.
   */
  record ForeignMessage(String fullName) implements ValueType {}
}
