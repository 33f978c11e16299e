package dev.graft.generate.model;

import java.math.BigInteger;

/** A value that is sent where none is given; it fits its argument's type. */
public sealed interface DefaultValue {
  /** Of a bool. */
  record BooleanDefault(boolean value) implements DefaultValue {}

  /** Of an integer, within its range. */
  record IntegerDefault(BigInteger value) implements DefaultValue {}

  /** Of a float or a double; may be infinite or not a number. A float's fits into one. */
  record FloatingDefault(double value) implements DefaultValue {}

  /** Of a string. */
  record TextDefault(String value) implements DefaultValue {}

  /**
   * Of bytes.
   *
   * @param base64 the bytes, in the standard alphabet with padding
   */
  record BytesDefault(String base64) implements DefaultValue {}

  /**
   * Of an enum.
   *
   * @param value one of the enum's values
   */
  record EnumDefault(EnumDefinition.Value value) implements DefaultValue {}
}
