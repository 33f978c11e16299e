package dev.graft.encoder;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The few nodes around an extension, as bytes. Not by their classes, so that all this works beside
 * Spark's own client, whose classes of the same names belong to another copy of protobuf.
 */
final class PlanBytes {
  private static final int ANY_TYPE_URL = 1;
  private static final int ANY_VALUE = 2;
  private static final int RELATION_EXTENSION = 998;
  private static final int EXPRESSION_EXTENSION = 999;
  private static final int EXPRESSION_UNRESOLVED_ATTRIBUTE = 2;
  private static final int ATTRIBUTE_UNPARSED_IDENTIFIER = 1;
  private static final int PLAN_ROOT = 1;

  private PlanBytes() {}

  static ByteString relation(String typeUrl, ByteString value) {
    return field(RELATION_EXTENSION, any(typeUrl, value));
  }

  static ByteString expression(String typeUrl, ByteString value) {
    return field(EXPRESSION_EXTENSION, any(typeUrl, value));
  }

  static ByteString column(ByteString name) {
    return field(EXPRESSION_UNRESOLVED_ATTRIBUTE, field(ATTRIBUTE_UNPARSED_IDENTIFIER, name));
  }

  static ByteString plan(ByteString relation) {
    return field(PLAN_ROOT, relation);
  }

  private static ByteString any(String typeUrl, ByteString value) {
    ByteString name = field(ANY_TYPE_URL, ByteString.copyFromUtf8(typeUrl));
    return value.isEmpty() ? name : name.concat(field(ANY_VALUE, value));
  }

  /** The head alone is written; what may be large is not copied. */
  private static ByteString field(int number, ByteString bytes) {
    ByteString.Output head = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(head);
    try {
      out.writeTag(number, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeUInt32NoTag(bytes.size());
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Memory does not fail so.
    }
    return head.toByteString().concat(bytes);
  }
}
