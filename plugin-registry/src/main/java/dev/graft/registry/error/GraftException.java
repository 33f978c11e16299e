package dev.graft.registry.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A refusal with a stable code. Its message begins with the code in brackets, so that the code
 * reaches clients of servers that pass on a text and nothing else.
 */
public final class GraftException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String text;

  /** A refusal without a cause. */
  public GraftException(ErrorCode code, String text) {
    this(code, text, null);
  }

  /** A refusal with the failure behind it, for the server's log. */
  public GraftException(ErrorCode code, String text, @Nullable Throwable cause) {
    super(
        "[" + Objects.requireNonNull(code, "code") + "] " + Objects.requireNonNull(text, "text"),
        cause);
    this.code = code;
    this.text = text;
  }

  /** The stable code. */
  public ErrorCode code() {
    return code;
  }

  /** The message without the code in front of it. */
  public String text() {
    return text;
  }
}
