package dev.graft.registry.lowering;

/**
 * Reads the fields of one message, one after the other.
 *
 * <p>Accepts what protobuf's own parsers accept, padded varints included, and refuses the rest with
 * a {@link WireException}. Where parsers differ (a tag of more than 32 bits, which Java cuts off
 * and C++ refuses) it refuses. Never reads outside its range, never recurses.
 */
final class WireCursor {
  /** As many groups in one another as protobuf's parsers follow by default. */
  private static final int MAX_GROUP_NESTING = 100;

  private static final int MAX_VARINT_BYTES = 10;

  private byte[] bytes;
  private int position;
  private int limit;
  private int fieldStart;
  private int fieldNumber;
  private int wireType;

  WireCursor(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    reset(bytes, from, to);
  }

  /** Points the cursor at another message. */
  void reset(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.position = from;
    this.limit = to;
  }

  /** Reads the next tag; false at the end of the message. */
  boolean nextField() {
    if (position >= limit) {
      return false;
    }
    fieldStart = position;
    long tag = varint();
    if (tag >>> 32 != 0) {
      throw new WireException("a tag has more than 32 bits", fieldStart);
    }
    fieldNumber = (int) (tag >>> 3);
    wireType = (int) (tag & 7);
    if (fieldNumber == 0) {
      throw new WireException("a field has the number 0", fieldStart);
    }
    return true;
  }

  /** Where the current field's tag begins. */
  int fieldStart() {
    return fieldStart;
  }

  int fieldNumber() {
    return fieldNumber;
  }

  int wireType() {
    return wireType;
  }

  /** The next byte to read. */
  int position() {
    return position;
  }

  /** The byte after the message. */
  int limit() {
    return limit;
  }

  /** Goes on at another byte of the same message. */
  void moveTo(int position) {
    this.position = position;
  }

  /** Reads a varint of at most ten bytes. */
  long varint() {
    int start = position;
    // Nearly all are one byte long; this also keeps start-up short, while code is interpreted.
    if (start < limit && bytes[start] >= 0) {
      position = start + 1;
      return bytes[start];
    }
    long value = 0;
    for (int i = 0; i < MAX_VARINT_BYTES; i++) {
      if (position >= limit) {
        throw new WireException("a varint is cut off", start);
      }
      byte b = bytes[position++];
      value |= (long) (b & 0x7F) << (7 * i);
      if (b >= 0) {
        return value;
      }
    }
    throw new WireException("a varint is longer than ten bytes", start);
  }

  /** Reads a length; what follows it fits into the message. */
  int length() {
    int start = position;
    long length = varint();
    if (length < 0 || length > limit - position) {
      throw new WireException(
          "field "
              + fieldNumber
              + " is cut off: its length is "
              + Long.toUnsignedString(length)
              + ", and "
              + (limit - position)
              + " bytes are left",
          start);
    }
    return (int) length;
  }

  /** Reads four bytes, little-endian. */
  int fixed32() {
    advance(4);
    int value = 0;
    for (int i = 4; i >= 1; i--) {
      value = value << 8 | (bytes[position - 5 + i] & 0xFF);
    }
    return value;
  }

  /** Reads eight bytes, little-endian. */
  long fixed64() {
    long low = fixed32() & 0xFFFF_FFFFL;
    return (long) fixed32() << 32 | low;
  }

  /** Steps over the current field's value. */
  void skip() {
    if (wireType == WireType.START_GROUP) {
      skipGroup();
    } else {
      skipPlain();
    }
  }

  /**
   * Whether the current field, which was stepped over, has the default value of a scalar.
   *
   * @param value where its value began
   */
  boolean isDefault(int value) {
    // Varints, and so lengths, may be padded.
    int bits = wireType == WireType.VARINT || wireType == WireType.LENGTH ? 0x7F : 0xFF;
    for (int i = value; i < position; i++) {
      if ((bytes[i] & bits) != 0) {
        return false;
      }
    }
    return true;
  }

  private void skipPlain() {
    switch (wireType) {
      case WireType.VARINT -> varint();
      case WireType.FIXED64 -> advance(8);
      case WireType.LENGTH -> {
        int length = length();
        position += length;
      }
      case WireType.FIXED32 -> advance(4);
      case WireType.END_GROUP ->
          throw new WireException(
              "the end of group " + fieldNumber + " has no beginning", fieldStart);
      default ->
          throw new WireException(
              "field " + fieldNumber + " has the " + WireType.nameOf(wireType), fieldStart);
    }
  }

  private void skipGroup() {
    int start = fieldStart;
    int number = fieldNumber;
    int[] open = new int[MAX_GROUP_NESTING];
    int depth = 0;
    open[depth++] = number;
    while (depth > 0) {
      if (!nextField()) {
        throw new WireException("group " + open[depth - 1] + " has no end", start);
      }
      if (wireType == WireType.START_GROUP) {
        if (depth == MAX_GROUP_NESTING) {
          throw new WireException(
              "more than " + MAX_GROUP_NESTING + " groups are nested", fieldStart);
        }
        open[depth++] = fieldNumber;
      } else if (wireType == WireType.END_GROUP) {
        if (open[--depth] != fieldNumber) {
          throw new WireException(
              "group " + open[depth] + " ends as group " + fieldNumber, fieldStart);
        }
      } else {
        skipPlain();
      }
    }
    fieldStart = start;
    fieldNumber = number;
    wireType = WireType.START_GROUP;
  }

  private void advance(int count) {
    if (limit - position < count) {
      throw new WireException("field " + fieldNumber + " is cut off", position);
    }
    position += count;
  }
}
