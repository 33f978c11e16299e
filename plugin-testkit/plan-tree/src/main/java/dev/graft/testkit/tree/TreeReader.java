package dev.graft.testkit.tree;

import dev.graft.registry.descriptor.Descriptors;
import dev.graft.registry.descriptor.FieldDescriptor;
import dev.graft.registry.descriptor.MessageDescriptor;
import dev.graft.registry.wire.AnyMessage;
import dev.graft.registry.wire.Slice;
import dev.graft.registry.wire.WireCursor;
import dev.graft.registry.wire.WireException;
import dev.graft.registry.wire.WireType;
import dev.graft.spi.Extension;
import dev.graft.testkit.tree.PlanTree.TreeNode;
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
    WireCursor cursor = new WireCursor(message);
    try {
      // One more than can be printed, so that the printer sees that there is more.
      while (nodes.size() <= maximumNodes && cursor.nextField()) {
        FieldDescriptor field = type == null ? null : type.field(cursor.fieldNumber());
        if (field == null) {
          nodes.add(TreeNode.leaf("field " + cursor.fieldNumber() + ": " + unknown(cursor)));
        } else {
          add(nodes, field, cursor);
        }
      }
    } catch (WireException e) {
      nodes.add(TreeNode.leaf("✗ malformed at byte " + e.offset() + ": " + e.reason()));
    }
    return nodes;
  }

  private void add(List<TreeNode> nodes, FieldDescriptor field, WireCursor cursor) {
    boolean packed =
        field.repeated()
            && field.wireType() != WireType.LENGTH
            && cursor.wireType() == WireType.LENGTH;
    if (packed) {
      nodes.add(TreeNode.leaf(field.name() + ": [" + packed(field, cursor) + "]"));
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
      Slice content = cursor.content();
      nodes.add(message(field, content));
    } else {
      nodes.add(TreeNode.leaf(field.name() + ": " + scalar(field, cursor)));
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
      any = AnyMessage.read(content);
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

  private String packed(FieldDescriptor field, WireCursor cursor) {
    Slice content = cursor.content();
    StringBuilder out = new StringBuilder();
    WireCursor values = new WireCursor(content);
    while (values.position() < content.to()) {
      if (out.length() > TreeText.SHOWN_CHARACTERS) {
        return out.append(", … (").append(content.length()).append(" bytes)").toString();
      }
      out.append(out.isEmpty() ? "" : ", ").append(scalar(field, values));
    }
    return out.toString();
  }

  private String scalar(FieldDescriptor field, WireCursor cursor) {
    return switch (field.type()) {
      case FieldDescriptor.TYPE_DOUBLE -> String.valueOf(Double.longBitsToDouble(cursor.fixed64()));
      case FieldDescriptor.TYPE_FLOAT -> String.valueOf(Float.intBitsToFloat(cursor.fixed32()));
      case FieldDescriptor.TYPE_FIXED64 -> Long.toUnsignedString(cursor.fixed64());
      case FieldDescriptor.TYPE_SFIXED64 -> String.valueOf(cursor.fixed64());
      case FieldDescriptor.TYPE_FIXED32 -> Integer.toUnsignedString(cursor.fixed32());
      case FieldDescriptor.TYPE_SFIXED32 -> String.valueOf(cursor.fixed32());
      case FieldDescriptor.TYPE_BOOL -> String.valueOf(cursor.varint() != 0);
      case FieldDescriptor.TYPE_STRING -> TreeText.quoted(cursor.content());
      case FieldDescriptor.TYPE_BYTES -> TreeText.hexadecimal(cursor.content());
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
}
