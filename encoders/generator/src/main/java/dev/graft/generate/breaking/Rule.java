package dev.graft.generate.breaking;

/**
 * What a change breaks. The names stay the same between releases. Those that buf has mean what they
 * mean there; {@code OPERATION}, {@code ARGUMENT} and the last one are about Graft's annotations.
 */
public enum Rule {
  /** A file has another package, and with it each of its messages another name. */
  FILE_SAME_PACKAGE,
  /** A file has another Java package. */
  FILE_SAME_JAVA_PACKAGE,
  /** A message is gone, has another name, or stands in another file. */
  MESSAGE_NO_DELETE,
  /** A field is {@code required} that was not, or the other way round (proto2). */
  MESSAGE_SAME_REQUIRED_FIELDS,
  /** Numbers or names of a message are not reserved any more. */
  RESERVED_MESSAGE_NO_DELETE,
  /** Numbers of a message are not open for extensions any more (proto2). */
  EXTENSION_MESSAGE_NO_DELETE,
  /** A field's number is gone. */
  FIELD_NO_DELETE,
  /** A field's number has another name. */
  FIELD_SAME_NAME,
  /** A field has another name in JSON. */
  FIELD_SAME_JSON_NAME,
  /** A field has another type. */
  FIELD_SAME_TYPE,
  /** A field is repeated, a map or may be unset, and was not, or the other way round. */
  FIELD_SAME_CARDINALITY,
  /** A field stands in another oneof, or in one and in none. */
  FIELD_SAME_ONEOF,
  /** A field has another default (proto2, editions). */
  FIELD_SAME_DEFAULT,
  /** A oneof is gone. */
  ONEOF_NO_DELETE,
  /** An enum is gone, or has another name. */
  ENUM_NO_DELETE,
  /** An enum is closed and was open, or the other way round. */
  ENUM_SAME_TYPE,
  /** An enum's number is gone. */
  ENUM_VALUE_NO_DELETE,
  /** An enum's number has another name. */
  ENUM_VALUE_SAME_NAME,
  /** Numbers or names of an enum are not reserved any more. */
  RESERVED_ENUM_NO_DELETE,
  /** A message is an extension no more. */
  OPERATION_NO_DELETE,
  /** An extension stands somewhere else in a plan. */
  OPERATION_SAME_KIND,
  /** An extension has another name in clients. */
  OPERATION_SAME_NAME,
  /** A command answers with another message. */
  OPERATION_SAME_REPLY,
  /** A command answers with rows always, or no more. */
  OPERATION_SAME_ROWS,
  /** A field must be given, or need not be given any more. */
  ARGUMENT_SAME_REQUIRED,
  /** The bytes of a field hold something else. */
  ARGUMENT_SAME_HOLDS,
  /** A message's unknown fields were ignored and are refused now. */
  MESSAGE_SAME_IGNORES_UNKNOWN_FIELDS
}
