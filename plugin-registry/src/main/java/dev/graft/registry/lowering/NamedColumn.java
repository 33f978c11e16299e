package dev.graft.registry.lowering;

import java.nio.charset.StandardCharsets;

/** The encoding of {@code Expression{alias: Alias{name: [name], expr: …}}}. */
final class NamedColumn {
  /** {@code Expression.alias}, field 6; a length follows. */
  static final byte[] ALIAS_TAG = {6 << 3 | WireType.LENGTH};

  private NamedColumn() {}

  /** {@code Alias.name}, field 2, whole; then the tag of {@code Alias.expr}, field 1. */
  static byte[] nameAndExpressionTag(String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[1 + Splice.varintSize(text.length) + text.length + 1];
    bytes[0] = 2 << 3 | WireType.LENGTH;
    int at = Splice.writeVarint(bytes, 1, text.length);
    System.arraycopy(text, 0, bytes, at, text.length);
    bytes[bytes.length - 1] = 1 << 3 | WireType.LENGTH;
    return bytes;
  }
}
