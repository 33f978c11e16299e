package dev.graft.registry.wire;

/**
 * Reads the fields of one message, one after the other. Not safe for use by several threads.
 *
 * <p>Accepts what protobuf's own parsers accept, padded varints included, and refuses the rest with
 * a {@link WireException}. Where parsers differ (a tag of more than 32 bits, which Java cuts off
 * and C++ refuses, or a group that ends as another) a strict cursor refuses and a lenient one reads
 * on. Never reads outside its range, never recurses.
 */
public final class WireCursor {
  /** As many groups in one another as protobuf's parsers follow by default. */
  private static final int MAX_GROUP_NESTING = 100;

  private static final int MAX_VARINT_BYTES = 10;

  private final boolean lenient;
  private byte[] bytes;
  private int position;
  private int limit;
  private int fieldStart;
  private int fieldNumber;
  private int wireType;

  /** A strict one. */
  public WireCursor(byte[] bytes, int from, int to) {
    this(bytes, from, to, false);
  }

  /** A strict one. */
  public WireCursor(Slice message) {
    this(message.bytes(), message.from(), message.to());
  }

  private WireCursor(byte[] bytes, int from, int to, boolean lenient) {
    this.lenient = lenient;
    this.bytes = bytes;
    reset(bytes, from, to);
  }

  /** A lenient cursor: accepts what any of protobuf's parsers accepts. */
  public static WireCursor lenient(byte[] bytes) {
    return new WireCursor(bytes, 0, bytes.length, true);
  }

  /** Points the cursor at another message. */
  public void reset(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.position = from;
    this.limit = to;
  }

  /** Reads the next tag; false at the end of the message. */
  public boolean nextField() {
    if (position >= limit) {
      return false;
    }
    fieldStart = position;
    long tag = varint();
    if (tag >>> 32 != 0 && !lenient) {
      throw new WireException("a tag has more than 32 bits", fieldStart);
    }
    fieldNumber = (int) tag >>> 3;
    wireType = (int) (tag & 7);
    if (fieldNumber == 0) {
      throw new WireException("a field has the number 0", fieldStart);
    }
    return true;
  }

  /** Where the current field's tag begins. */
  public int fieldStart() {
    return fieldStart;
  }

  public int fieldNumber() {
    return fieldNumber;
  }

  public int wireType() {
    return wireType;
  }

  /** The next byte to read. */
  public int position() {
    return position;
  }

  /** The byte after the message. */
  public int limit() {
    return limit;
  }

  /** Goes on at another byte of the same message. */
  public void moveTo(int position) {
    this.position = position;
  }

  /** Reads a varint of at most ten bytes. */
  public long varint() {
    int start = position;
    // Nearly all varints are one byte long. The short way also saves time at start-up, while code
    // is still interpreted.
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
  public int length() {
    int start = position;
    long length = lenient ? (int) varint() : varint();
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

  /** Reads the current field's content, which has a length before it. */
  public Slice content() {
    int length = length();
    position += length;
    return new Slice(bytes, position - length, position);
  }

  /** Whether the current field is that one, with a length before its content. */
  public boolean isContent(int number) {
    return fieldNumber == number && wireType == WireType.LENGTH;
  }

  /** Reads four bytes, little-endian. */
  public int fixed32() {
    advance(4);
    int value = 0;
    for (int i = 4; i >= 1; i--) {
      value = value << 8 | (bytes[position - 5 + i] & 0xFF);
    }
    return value;
  }

  /** Reads eight bytes, little-endian. */
  public long fixed64() {
    long low = fixed32() & 0xFFFF_FFFFL;
    return (long) fixed32() << 32 | low;
  }

  /** Steps over the current field's value. */
  public void skip() {
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
  public boolean isDefault(int value) {
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
    int depth = 1;
    open[0] = number;
    while (depth > 0) {
      if (!nextField()) {
        throw new WireException(
            "group " + open[Math.min(depth, MAX_GROUP_NESTING) - 1] + " has no end", start);
      }
      if (wireType == WireType.START_GROUP) {
        open[begin(depth++)] = fieldNumber;
      } else if (wireType == WireType.END_GROUP) {
        end(open[Math.min(--depth, MAX_GROUP_NESTING - 1)]);
      } else {
        skipPlain();
      }
    }
    fieldStart = start;
    fieldNumber = number;
    wireType = WireType.START_GROUP;
  }

  private int begin(int depth) {
    if (depth >= MAX_GROUP_NESTING && !lenient) {
      throw new WireException("more than " + MAX_GROUP_NESTING + " groups are nested", fieldStart);
    }
    return Math.min(depth, MAX_GROUP_NESTING - 1);
  }

  private void end(int number) {
    if (number != fieldNumber && !lenient) {
      throw new WireException("group " + number + " ends as group " + fieldNumber, fieldStart);
    }
  }

  private void advance(int count) {
    if (limit - position < count) {
      throw new WireException("field " + fieldNumber + " is cut off", position);
    }
    position += count;
  }
}
