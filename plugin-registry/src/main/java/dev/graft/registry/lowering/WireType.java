package dev.graft.registry.lowering;

/** The wire types of protobuf's encoding: the low three bits of a tag. */
final class WireType {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int LENGTH = 2;
  static final int START_GROUP = 3;
  static final int END_GROUP = 4;
  static final int FIXED32 = 5;

  private WireType() {}

  /** The wire type's name in texts for people. */
  static String nameOf(int wireType) {
    return switch (wireType) {
      case VARINT -> "varint";
      case FIXED64 -> "64-bit";
      case LENGTH -> "length-delimited";
      case START_GROUP -> "start of a group";
      case END_GROUP -> "end of a group";
      case FIXED32 -> "32-bit";
      default -> "undefined wire type " + wireType;
    };
  }
}
