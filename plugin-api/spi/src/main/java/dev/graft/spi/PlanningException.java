package dev.graft.spi;

import java.util.Objects;

/**
 * Says that a plan cannot be made from an extension: a missing field, a value out of range, a
 * column that is not there. Its text goes to the client as it stands, so it should say what is
 * wrong and what would be right, and hold nothing that the client may not see.
 */
public final class PlanningException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception whose text the client is to read. */
  public PlanningException(String message) {
    super(Objects.requireNonNull(message, "message"));
  }

  /** Makes an exception whose text the client is to read, with its cause for the server's log. */
  public PlanningException(String message, Throwable cause) {
    super(Objects.requireNonNull(message, "message"), cause);
  }
}
