package dev.graft.encoder;

/**
 * Values, descriptors or bytes that cannot be what they were given as. About values and descriptors
 * nothing has been sent. The text begins with the code in brackets and says which field of which
 * message it is about, what was given and what is wanted.
 */
public final class GraftInputException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** What is wrong; names stay the same between releases and between languages. */
  public enum Code {
    /** The message has no field of that name. */
    GRAFT_FIELD_UNKNOWN,
    /** A field that must be given is absent, or empty. */
    GRAFT_FIELD_REQUIRED,
    /** The value is of a type that the field does not take. */
    GRAFT_FIELD_TYPE,
    /** The value is of the right type, but no such value exists in the field's type. */
    GRAFT_FIELD_RANGE,
    /** More than one member of a oneof is given. */
    GRAFT_FIELD_TWICE,
    /** The descriptors have no such message. */
    GRAFT_MESSAGE_UNKNOWN,
    /** An input belongs to another session than the rest. */
    GRAFT_SESSION_MISMATCH,
    /** The descriptors are not readable or do not fit together. */
    GRAFT_DESCRIPTORS_INVALID,
    /** The bytes to be decoded are no message of that type. */
    GRAFT_BYTES_INVALID,
    /** A command was answered, but not with what its descriptors promise. */
    GRAFT_ANSWER_UNEXPECTED,
    /** What is to be added to a session is no jar by its name. */
    GRAFT_JAR_INVALID,
    /** The client library is none that this encoder knows how to work with. */
    GRAFT_CLIENT_UNSUPPORTED
  }

  private final Code code;

  /** An error whose text, after the code, is {@code text}. */
  public GraftInputException(Code code, String text) {
    super("[" + code + "] " + text);
    this.code = code;
  }

  /** An error whose text, after the code, is {@code text}, with what led to it. */
  public GraftInputException(Code code, String text, Throwable cause) {
    super("[" + code + "] " + text, cause);
    this.code = code;
  }

  /** The code, such as {@code GRAFT_FIELD_REQUIRED}. */
  public String code() {
    return code.name();
  }
}
