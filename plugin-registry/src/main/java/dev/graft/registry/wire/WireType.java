package dev.graft.registry.wire;

/** The wire types of protobuf's encoding: the low three bits of a tag. */
public final class WireType {
  public static final int VARINT = 0;
  public static final int FIXED64 = 1;
  public static final int LENGTH = 2;
  public static final int START_GROUP = 3;
  public static final int END_GROUP = 4;
  public static final int FIXED32 = 5;

  private WireType() {}

  /** The wire type's name in texts for people. */
  public static String nameOf(int wireType) {
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
