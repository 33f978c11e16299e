package dev.graft.spi;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * One extension found in a plan: the content of a {@code google.protobuf.Any}, not yet parsed.
 *
 * <p>The bytes are those of the request. They are handed from plugin to plugin without a copy, so a
 * plugin must not write to them, and should not keep the buffer after it has answered, since that
 * keeps the whole request in memory.
 *
 * @param kind where in the plan it stood
 * @param typeUrl the {@code Any}'s type URL as the client wrote it; never blank
 * @param value the {@code Any}'s value, from position 0 to the limit; backed by an array
 */
public record Extension(ExtensionKind kind, String typeUrl, ByteBuffer value) {
  public Extension {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(typeUrl, "typeUrl");
    Objects.requireNonNull(value, "value");
  }

  /** The full protobuf name of the message: what follows the last slash of the type URL. */
  public String messageName() {
    return messageName(typeUrl);
  }

  /**
   * The value as a new buffer with a position of its own, so that two readers don't disturb each
   * other.
   */
  @Override
  public ByteBuffer value() {
    return value.duplicate();
  }

  /**
   * The full protobuf name in a type URL: what follows its last slash, or all of it where there is
   * none.
   */
  public static String messageName(String typeUrl) {
    return typeUrl.substring(typeUrl.lastIndexOf('/') + 1);
  }
}
