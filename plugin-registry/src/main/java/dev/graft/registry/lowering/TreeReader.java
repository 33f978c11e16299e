package dev.graft.registry.lowering;

import dev.graft.registry.lowering.PlanTree.TreeNode;
import dev.graft.spi.Extension;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one message as lines of a {@link PlanTree}. */
final class TreeReader {
  private static final String ANY = "google.protobuf.Any";

  private final Descriptors descriptors;
  private final int maximumNodes;

  TreeReader(Descriptors descriptors, int maximumNodes) {
    this.descriptors = descriptors;
    this.maximumNodes = maximumNodes;
  }

  /**
   * The fields of a message in the order of the bytes; the last says what is wrong, if anything.
   */
  List<TreeNode> fields(String typeName, Slice message) {
    List<TreeNode> nodes = new ArrayList<>();
    MessageDescriptor type = descriptors.message(typeName);
    WireCursor cursor = new WireCursor(message.bytes(), message.from(), message.to());
    try {
      // One more than can be printed, so that the printer sees that there is more.
      while (nodes.size() <= maximumNodes && cursor.nextField()) {
        FieldDescriptor field = type == null ? null : type.field(cursor.fieldNumber());
        if (field == null) {
          nodes.add(TreeNode.leaf("field " + cursor.fieldNumber() + ": " + unknown(cursor)));
        } else {
          add(nodes, field, cursor, message.bytes());
        }
      }
    } catch (WireException e) {
      nodes.add(TreeNode.leaf("✗ malformed at byte " + e.offset() + ": " + e.reason()));
    }
    return nodes;
  }

  private void add(List<TreeNode> nodes, FieldDescriptor field, WireCursor cursor, byte[] bytes) {
    boolean packed =
        field.repeated()
            && field.wireType() != WireType.LENGTH
            && cursor.wireType() == WireType.LENGTH;
    if (packed) {
      nodes.add(TreeNode.leaf(field.name() + ": [" + packed(field, cursor, bytes) + "]"));
    } else if (cursor.wireType() != field.wireType()) {
      nodes.add(
          TreeNode.leaf(
              field.name()
                  + ": ✗ "
                  + WireType.nameOf(cursor.wireType())
                  + ", not "
                  + WireType.nameOf(field.wireType())));
      cursor.skip();
    } else if (field.isMessage()) {
      Slice content = content(cursor, bytes);
      nodes.add(message(field, content));
    } else {
      nodes.add(TreeNode.leaf(field.name() + ": " + scalar(field, cursor, bytes)));
    }
  }

  private TreeNode message(FieldDescriptor field, Slice content) {
    String typeName = field.typeName() == null ? "" : field.typeName();
    if (typeName.equals(ANY)) {
      return any(field, content);
    }
    MessageDescriptor type = descriptors.typeOf(field);
    if (type == null) {
      return TreeNode.leaf(field.name() + ": " + typeName + " (" + content.length() + " bytes)");
    }
    return new TreeNode(
        type.mapEntry() ? field.name() : field.name() + ": " + type.simpleName(),
        typeName,
        content);
  }

  private TreeNode any(FieldDescriptor field, Slice content) {
    AnyMessage any;
    try {
      any = AnyMessage.read(content.bytes(), content.from(), content.to());
    } catch (WireException e) {
      return TreeNode.leaf(
          field.name() + ": Any, ✗ malformed at byte " + e.offset() + ": " + e.reason());
    }
    String shown = TreeText.quoted(any.typeUrl());
    String text = field.name() + ": Any " + shown + " (" + any.value().remaining() + " bytes)";
    String messageName = Extension.messageName(any.typeUrl());
    if (descriptors.message(messageName) == null) {
      return TreeNode.leaf(text);
    }
    ByteBuffer value = any.value();
    int from = value.arrayOffset() + value.position();
    return new TreeNode(
        text, messageName, new Slice(value.array(), from, from + value.remaining()));
  }

  private String packed(FieldDescriptor field, WireCursor cursor, byte[] bytes) {
    Slice content = content(cursor, bytes);
    StringBuilder out = new StringBuilder();
    WireCursor values = new WireCursor(bytes, content.from(), content.to());
    while (values.position() < content.to()) {
      if (out.length() > TreeText.SHOWN_CHARACTERS) {
        return out.append(", … (").append(content.length()).append(" bytes)").toString();
      }
      out.append(out.isEmpty() ? "" : ", ").append(scalar(field, values, bytes));
    }
    return out.toString();
  }

  private String scalar(FieldDescriptor field, WireCursor cursor, byte[] bytes) {
    return switch (field.type()) {
      case FieldDescriptor.TYPE_DOUBLE -> String.valueOf(Double.longBitsToDouble(cursor.fixed64()));
      case FieldDescriptor.TYPE_FLOAT -> String.valueOf(Float.intBitsToFloat(cursor.fixed32()));
      case FieldDescriptor.TYPE_FIXED64 -> Long.toUnsignedString(cursor.fixed64());
      case FieldDescriptor.TYPE_SFIXED64 -> String.valueOf(cursor.fixed64());
      case FieldDescriptor.TYPE_FIXED32 -> Integer.toUnsignedString(cursor.fixed32());
      case FieldDescriptor.TYPE_SFIXED32 -> String.valueOf(cursor.fixed32());
      case FieldDescriptor.TYPE_BOOL -> String.valueOf(cursor.varint() != 0);
      case FieldDescriptor.TYPE_STRING -> TreeText.quoted(content(cursor, bytes));
      case FieldDescriptor.TYPE_BYTES -> TreeText.hexadecimal(content(cursor, bytes));
      case FieldDescriptor.TYPE_ENUM -> enumValue(field, (int) cursor.varint());
      case FieldDescriptor.TYPE_SINT32, FieldDescriptor.TYPE_SINT64 -> {
        long zigzag = cursor.varint();
        yield String.valueOf(zigzag >>> 1 ^ -(zigzag & 1));
      }
      case FieldDescriptor.TYPE_UINT32 -> Integer.toUnsignedString((int) cursor.varint());
      case FieldDescriptor.TYPE_GROUP -> {
        cursor.skip();
        yield "group";
      }
      default -> String.valueOf(cursor.varint());
    };
  }

  private String enumValue(FieldDescriptor field, int number) {
    @Nullable String name = descriptors.enumValue(field.typeName(), number);
    return name == null ? String.valueOf(number) : name;
  }

  private static String unknown(WireCursor cursor) {
    int from = cursor.position();
    String wireType = WireType.nameOf(cursor.wireType());
    cursor.skip();
    return wireType + " (" + (cursor.position() - from) + " bytes)";
  }

  private static Slice content(WireCursor cursor, byte[] bytes) {
    int length = cursor.length();
    int from = cursor.position();
    cursor.moveTo(from + length);
    return new Slice(bytes, from, from + length);
  }
}
