package dev.graft.generate.model;

/** How many values a field has. */
public sealed interface Shape {
  /** The type of its values. */
  ValueType type();

  /** One value at most. */
  record Single(ValueType type) implements Shape {}

  /** Values in order. */
  record ListOf(ValueType type) implements Shape {}

  /**
   * Values by key.
   *
   * @param key neither a floating-point number nor bytes
   */
  record MapOf(ScalarKind key, ValueType type) implements Shape {}
}
