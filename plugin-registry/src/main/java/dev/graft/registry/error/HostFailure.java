package dev.graft.registry.error;

import java.util.Objects;

/**
 * A failure of the host or its engine that happened while a plugin was asked and is not the
 * plugin's fault: a table that is not there, say, or a refusal by a plugin of the host's own kind.
 * Dispatch passes it on; the host takes the cause out again, so that the client sees what it would
 * have seen without Graft.
 */
public final class HostFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Throwable failure;

  /** Wraps the host's failure. */
  public HostFailure(Throwable failure) {
    super(Objects.requireNonNull(failure, "failure"));
    this.failure = failure;
  }

  /** The host's failure. */
  public Throwable failure() {
    return failure;
  }
}
