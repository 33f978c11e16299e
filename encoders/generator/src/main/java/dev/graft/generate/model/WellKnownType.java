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
  EMPTY
}
