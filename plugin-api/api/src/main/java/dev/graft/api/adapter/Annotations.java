package dev.graft.api.adapter;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;

/**
 * What {@code graft/annotations.proto} says of a message.
 *
 * <p>The annotations are read as unknown fields: they are then found in every realm, whichever
 * protobuf it has and whether or not its generated code knows them.
 */
final class Annotations {
  private static final int OPERATION = 58174;
  private static final int OPERATION_NAME = 2;
  private static final int OPERATION_DOCUMENTATION = 3;
  private static final int IGNORES_UNKNOWN_FIELDS = 58175;

  private Annotations() {}

  /** {@code (graft.operation).name}; empty where nothing is said. */
  static String name(Descriptor message) {
    return operation(message, OPERATION_NAME);
  }

  /** {@code (graft.operation).documentation}; empty where nothing is said. */
  static String documentation(Descriptor message) {
    return operation(message, OPERATION_DOCUMENTATION);
  }

  /** {@code (graft.ignores_unknown_fields)}. */
  static boolean ignoresUnknownFields(Descriptor message) {
    boolean ignores = false;
    for (long value : options(message).getField(IGNORES_UNKNOWN_FIELDS).getVarintList()) {
      ignores = value != 0;
    }
    return ignores;
  }

  private static String operation(Descriptor message, int field) {
    String text = "";
    for (ByteString operation : options(message).getField(OPERATION).getLengthDelimitedList()) {
      for (ByteString value : read(operation).getField(field).getLengthDelimitedList()) {
        text = value.toStringUtf8();
      }
    }
    return text.strip();
  }

  private static UnknownFieldSet options(Descriptor message) {
    // Through bytes, since generated code that knows the annotation has parsed it.
    return read(message.getOptions().toByteString());
  }

  /** The fields; none where the bytes are no message. */
  static UnknownFieldSet read(ByteString bytes) {
    try {
      return UnknownFieldSet.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      return UnknownFieldSet.getDefaultInstance();
    }
  }
}
