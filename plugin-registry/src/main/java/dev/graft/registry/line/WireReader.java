package dev.graft.registry.line;

/**
 * Reads tags and values as protobuf's own parsers do: what those accept it accepts, padded varints
 * and unmatched sizes of varints included, since a server's parser would read on as well. Never
 * reads behind its limit, never recurses.
 */
final class WireReader {
  static final int VARINT = 0;
  static final int LENGTH = 2;
  private static final int FIXED64 = 1;
  private static final int START_GROUP = 3;
  private static final int END_GROUP = 4;
  private static final int FIXED32 = 5;

  private static final int MAX_VARINT_BYTES = 10;

  /** Bytes that no parser reads on at. */
  static final class NotProtobuf extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private NotProtobuf() {
      super("These bytes are no protobuf message", null, false, false);
    }
  }

  private final byte[] bytes;
  private int position;
  private int limit;

  WireReader(byte[] bytes) {
    this.bytes = bytes;
    this.limit = bytes.length;
  }

  /** The next byte to read. */
  int position() {
    return position;
  }

  /** Goes on elsewhere, and up to another limit. */
  void moveTo(int newPosition, int newLimit) {
    position = newPosition;
    limit = newLimit;
  }

  /** Reads a tag: the field's number times 8, and the wire type. */
  int tag() {
    int tag = (int) varint(); // further bits are dropped by parsers too
    if (tag >>> 3 == 0) {
      throw new NotProtobuf();
    }
    return tag;
  }

  long varint() {
    if (position < limit && bytes[position] >= 0) {
      return bytes[position++]; // nearly all are one byte long
    }
    long value = 0;
    for (int i = 0; i < MAX_VARINT_BYTES && position < limit; i++) {
      byte b = bytes[position++];
      value |= (long) (b & 0x7F) << (7 * i);
      if (b >= 0) {
        return value;
      }
    }
    throw new NotProtobuf();
  }

  /** Reads a length; so many bytes follow. */
  int length() {
    int length = (int) varint();
    if (length < 0 || length > limit - position) {
      throw new NotProtobuf();
    }
    return length;
  }

  /** Steps over the value that follows a tag. */
  void skip(int tag) {
    int openGroups = 0;
    int next = tag;
    while (true) {
      switch (next & 7) {
        case VARINT -> varint();
        case FIXED64 -> advance(8);
        case LENGTH -> advance(length());
        case FIXED32 -> advance(4);
        case START_GROUP -> openGroups++;
        case END_GROUP -> openGroups--;
        default -> throw new NotProtobuf();
      }
      if (openGroups < 0) {
        throw new NotProtobuf();
      }
      if (openGroups == 0) {
        return;
      }
      next = tag();
    }
  }

  private void advance(int count) {
    if (count > limit - position) {
      throw new NotProtobuf();
    }
    position += count;
  }
}
