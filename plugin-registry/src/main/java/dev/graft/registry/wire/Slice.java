package dev.graft.registry.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A window on bytes.
 *
 * @param bytes the bytes, not copied
 * @param from the first byte
 * @param to the byte after the last
 */
public record Slice(byte[] bytes, int from, int to) {
  /** The whole of them. */
  public static Slice of(byte[] bytes) {
    return new Slice(bytes, 0, bytes.length);
  }

  /** How many bytes there are. */
  public int length() {
    return to - from;
  }

  /** The text that they are. */
  public String utf8() {
    return new String(bytes, from, length(), StandardCharsets.UTF_8);
  }

  /** The bytes, copied. */
  public byte[] copy() {
    return Arrays.copyOfRange(bytes, from, to);
  }
}
