package dev.graft.generate.model;

/** A type of google/protobuf/*.proto for which a language may have a type of its own. */
public enum WellKnownType {
  /** A moment, in nanoseconds. */
  TIMESTAMP,
  /** A length of time, in nanoseconds; may be negative. */
  DURATION,
  /** Any message: a type URL with bytes. */
  ANY,
  /** An object of JSON. */
  STRUCT,
  /** A value of JSON. */
  VALUE,
  /** A list of JSON. */
  LIST_VALUE,
  /** Paths of fields. */
  FIELD_MASK,
  /** A message without fields. */
  EMPTY,
  /** A {@link ScalarKind#DOUBLE} that may be absent. */
  DOUBLE_WRAPPER,
  /** A {@link ScalarKind#FLOAT} that may be absent. */
  FLOAT_WRAPPER,
  /** A {@link ScalarKind#INT64} that may be absent. */
  INT64_WRAPPER,
  /** A {@link ScalarKind#UINT64} that may be absent. */
  UINT64_WRAPPER,
  /** A {@link ScalarKind#INT32} that may be absent. */
  INT32_WRAPPER,
  /** A {@link ScalarKind#UINT32} that may be absent. */
  UINT32_WRAPPER,
  /** A {@link ScalarKind#BOOL} that may be absent. */
  BOOL_WRAPPER,
  /** A {@link ScalarKind#STRING} that may be absent. */
  STRING_WRAPPER,
  /** A {@link ScalarKind#BYTES} that may be absent. */
  BYTES_WRAPPER
}
