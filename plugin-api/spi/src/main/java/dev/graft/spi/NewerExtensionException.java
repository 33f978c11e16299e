package dev.graft.spi;

import java.util.Objects;

/**
 * Says that an extension holds what the plugin's version of its message does not have, mostly
 * because the client is newer. Whoever reads the message without it does something else than the
 * client asked for.
 */
public final class NewerExtensionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception whose text the client is to read: which message, what of it is not known,
   * and what to do.
   */
  public NewerExtensionException(String message) {
    super(Objects.requireNonNull(message, "message"));
  }
}
