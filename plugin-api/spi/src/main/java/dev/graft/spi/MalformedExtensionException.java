package dev.graft.spi;

/** Says that an extension's bytes are not the message its type URL promises. */
public final class MalformedExtensionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception that says what its cause says is wrong with the bytes. */
  public MalformedExtensionException(PlanningException cause) {
    super(cause.getMessage(), cause);
  }
}
