package dev.graft.registry.descriptor;

import dev.graft.registry.wire.WireType;
import org.jspecify.annotations.Nullable;

/**
 * One field of a message type.
 *
 * @param number its number
 * @param name its name in the {@code .proto} file
 * @param type one of the {@code TYPE_} numbers of {@code descriptor.proto}
 * @param repeated whether it is repeated; a map is a repeated field of entries
 * @param typeName the full name of its message or enum type, without the leading dot; null for
 *     scalars
 * @param oneof the index of the oneof it belongs to, or -1; a proto3 {@code optional} counts as
 *     none
 * @param optional whether it is a proto3 {@code optional}
 */
public record FieldDescriptor(
    int number,
    String name,
    int type,
    boolean repeated,
    @Nullable String typeName,
    int oneof,
    boolean optional) {
  public static final int TYPE_DOUBLE = 1;
  public static final int TYPE_FLOAT = 2;
  public static final int TYPE_FIXED64 = 6;
  public static final int TYPE_FIXED32 = 7;
  public static final int TYPE_BOOL = 8;
  public static final int TYPE_STRING = 9;
  public static final int TYPE_GROUP = 10;
  public static final int TYPE_MESSAGE = 11;
  public static final int TYPE_BYTES = 12;
  public static final int TYPE_UINT32 = 13;
  public static final int TYPE_ENUM = 14;
  public static final int TYPE_SFIXED32 = 15;
  public static final int TYPE_SFIXED64 = 16;
  public static final int TYPE_SINT32 = 17;
  public static final int TYPE_SINT64 = 18;

  /** Whether it holds messages; a group is none here. */
  public boolean isMessage() {
    return type == TYPE_MESSAGE;
  }

  /** Whether to parsers its default value is the same as no value at all. */
  public boolean hidesDefault() {
    return !repeated && !optional && oneof < 0 && !isMessage() && type != TYPE_GROUP;
  }

  /** The wire type of one value; a repeated scalar may also come packed. */
  public int wireType() {
    return switch (type) {
      case TYPE_DOUBLE, TYPE_FIXED64, TYPE_SFIXED64 -> WireType.FIXED64;
      case TYPE_FLOAT, TYPE_FIXED32, TYPE_SFIXED32 -> WireType.FIXED32;
      case TYPE_STRING, TYPE_BYTES, TYPE_MESSAGE -> WireType.LENGTH;
      case TYPE_GROUP -> WireType.START_GROUP;
      default -> WireType.VARINT;
    };
  }
}
