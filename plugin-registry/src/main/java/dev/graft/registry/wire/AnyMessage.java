package dev.graft.registry.wire;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A {@code google.protobuf.Any}, read without copying its value.
 *
 * @param typeUrl its type URL; may be empty
 * @param value its value, a window on the bytes it was read from
 */
public record AnyMessage(String typeUrl, ByteBuffer value) {
  private static final int SHOWN_CHARACTERS = 200;

  /**
   * Reads one.
   *
   * @throws WireException if the bytes are not one
   */
  public static AnyMessage read(Slice any) {
    ByteBuffer typeUrl = ByteBuffer.allocate(0);
    ByteBuffer value = typeUrl;
    WireCursor cursor = new WireCursor(any);
    while (cursor.nextField()) {
      int number = cursor.fieldNumber();
      if (number != 1 && number != 2) {
        cursor.skip();
        continue;
      }
      if (cursor.wireType() != WireType.LENGTH) {
        throw new WireException(
            "field " + number + " of a google.protobuf.Any is not length-delimited",
            cursor.fieldStart());
      }
      Slice read = cursor.content();
      ByteBuffer content = ByteBuffer.wrap(read.bytes(), read.from(), read.length()).slice();
      if (number == 1) {
        typeUrl = content;
      } else {
        value = content;
      }
    }
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(typeUrl);
      return new AnyMessage(text.toString(), value);
    } catch (CharacterCodingException e) {
      throw new WireException("the type URL of a google.protobuf.Any is not UTF-8", any.from());
    }
  }

  /**
   * As an extension.
   *
   * @throws GraftException GRAFT_TYPE_URL_MISSING
   */
  public Extension asExtension(ExtensionKind kind) {
    if (typeUrl.isBlank()) {
      throw new GraftException(
          ErrorCode.GRAFT_TYPE_URL_MISSING,
          "A %s extension of %d bytes has no type URL, so there is no telling which message it holds. Pack the message with the Any.pack of the client's protobuf library."
              .formatted(kind.word(), value.remaining()));
    }
    return new Extension(kind, typeUrl, value);
  }

  /** A type URL for texts: clients choose how long it is. */
  public static String shown(String typeUrl) {
    return typeUrl.length() <= SHOWN_CHARACTERS
        ? typeUrl
        : typeUrl.substring(0, SHOWN_CHARACTERS) + "…";
  }
}
