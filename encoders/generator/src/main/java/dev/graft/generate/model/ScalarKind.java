package dev.graft.generate.model;

/** A type of a single value. How it is written on the wire is the runtime's concern. */
public enum ScalarKind {
  /** 64-bit floating point. */
  DOUBLE,
  /** 32-bit floating point. */
  FLOAT,
  /** -2^31 to 2^31-1; also protobuf's sint32 and sfixed32. */
  INT32,
  /** -2^63 to 2^63-1; also protobuf's sint64 and sfixed64. */
  INT64,
  /** 0 to 2^32-1; also protobuf's fixed32. */
  UINT32,
  /** 0 to 2^64-1; also protobuf's fixed64. */
  UINT64,
  /** True or false. */
  BOOL,
  /** A text that UTF-8 can encode. */
  STRING,
  /** Bytes that hold no input. */
  BYTES
}
