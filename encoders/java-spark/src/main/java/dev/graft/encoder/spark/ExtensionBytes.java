package dev.graft.encoder.spark;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;

/** Connect nodes around an extension, as bytes that every copy of Connect's messages reads. */
final class ExtensionBytes {
  private static final int RELATION_EXTENSION = 998;
  private static final int EXPRESSION_EXTENSION = 999;
  private static final int COMMAND_EXTENSION = 999;

  private ExtensionBytes() {}

  static byte[] relation(String typeUrl, ByteString value) {
    return node(RELATION_EXTENSION, typeUrl, value);
  }

  static byte[] expression(String typeUrl, ByteString value) {
    return node(EXPRESSION_EXTENSION, typeUrl, value);
  }

  static byte[] command(String typeUrl, ByteString value) {
    return node(COMMAND_EXTENSION, typeUrl, value);
  }

  private static byte[] node(int field, String typeUrl, ByteString value) {
    Any extension = Any.newBuilder().setTypeUrl(typeUrl).setValue(value).build();
    return UnknownFieldSet.newBuilder()
        .addField(
            field,
            UnknownFieldSet.Field.newBuilder().addLengthDelimited(extension.toByteString()).build())
        .build()
        .toByteArray();
  }
}
