package dev.graft.generate.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * No client can be generated. Its message begins with the code in brackets and says what, where,
 * why and what to do.
 */
public final class GenerationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of failure it is; the names stay the same between releases. */
  public enum Code {
    /** There is no emitter of that language. */
    GRAFT_LANGUAGE_UNKNOWN,
    /**
     * A source is missing, or is neither a jar, a .proto file, a folder of these nor a descriptor
     * set.
     */
    GRAFT_SOURCE_UNREADABLE,
    /** A .proto file has an error, or imports something that cannot be found. */
    GRAFT_PROTO_INVALID,
    /** There is no protoc. */
    GRAFT_PROTOC_MISSING,
    /** Descriptors contradict themselves, or lack a file that they import. */
    GRAFT_DESCRIPTORS_INVALID,
    /** A name that was given for a message's kind is no message's. */
    GRAFT_MESSAGE_UNKNOWN,
    /** A message was given two kinds. */
    GRAFT_KIND_TWICE,
    /** A source holds no message that is an operation. */
    GRAFT_NO_OPERATION,
    /** A public name has the wrong form. */
    GRAFT_NAME_INVALID,
    /** Two things would have one name. */
    GRAFT_NAME_TWICE,
    /** An annotation contradicts its field or message. */
    GRAFT_ANNOTATION_INVALID,
    /** A default does not fit the field's type. */
    GRAFT_DEFAULT_INVALID,
    /** The files cannot be written. */
    GRAFT_OUTPUT_UNWRITABLE
  }

  private final Code code;

  /** A failure. */
  public GenerationException(Code code, String text) {
    this(code, text, null);
  }

  /** A failure with its cause. */
  public GenerationException(Code code, String text, @Nullable Throwable cause) {
    super("[" + Objects.requireNonNull(code, "code") + "] " + text, cause);
    this.code = code;
  }

  /** The stable code. */
  public Code code() {
    return code;
  }
}
