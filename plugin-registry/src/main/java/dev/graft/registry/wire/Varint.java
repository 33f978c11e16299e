package dev.graft.registry.wire;

/** The encoding of tags and lengths: seven bits to a byte, the lowest first. */
public final class Varint {
  /** The most bytes that a value of 32 bits takes. */
  public static final int MAX_BYTES = 5;

  private Varint() {}

  /** How many bytes a value takes. */
  public static int size(long value) {
    return (Long.SIZE - Long.numberOfLeadingZeros(value | 1) + 6) / 7;
  }

  /** Writes a value, taken as unsigned; returns the position after it. */
  public static int write(byte[] bytes, int position, int value) {
    int at = position;
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
    return at;
  }
}
