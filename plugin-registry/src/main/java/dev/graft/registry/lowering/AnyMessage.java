package dev.graft.registry.lowering;

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
record AnyMessage(String typeUrl, ByteBuffer value) {
  private static final int SHOWN_CHARACTERS = 200;

  /**
   * Reads one.
   *
   * @throws WireException if the bytes are not one
   */
  static AnyMessage read(byte[] bytes, int from, int to) {
    ByteBuffer typeUrl = ByteBuffer.allocate(0);
    ByteBuffer value = typeUrl;
    WireCursor cursor = new WireCursor(bytes, from, to);
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
      int length = cursor.length();
      ByteBuffer content = ByteBuffer.wrap(bytes, cursor.position(), length).slice();
      cursor.moveTo(cursor.position() + length);
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
      throw new WireException("the type URL of a google.protobuf.Any is not UTF-8", from);
    }
  }

  /**
   * As an extension.
   *
   * @throws GraftException GRAFT_TYPE_URL_MISSING
   */
  Extension asExtension(ExtensionKind kind) {
    if (typeUrl.isBlank()) {
      throw new GraftException(
          ErrorCode.GRAFT_TYPE_URL_MISSING,
          "A %s extension of %d bytes has no type URL, so there is no telling which message it holds. Pack the message with the Any.pack of the client's protobuf library."
              .formatted(kind.word(), value.remaining()));
    }
    return new Extension(kind, typeUrl, value);
  }

  /** A type URL for texts: clients choose how long it is. */
  static String shown(String typeUrl) {
    return typeUrl.length() <= SHOWN_CHARACTERS
        ? typeUrl
        : typeUrl.substring(0, SHOWN_CHARACTERS) + "…";
  }
}
