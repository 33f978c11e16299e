package dev.graft.encoder;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import dev.graft.encoder.GraftInputException.Code;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a message by its descriptor; the bytes may come from anywhere. */
final class MessageDecoder {
  private static final int TAG_TYPE_BITS = 3;

  private final boolean withZeros;

  MessageDecoder(boolean withZeros) {
    this.withZeros = withZeros;
  }

  Map<String, @Nullable Object> decode(Descriptor type, ByteString bytes) {
    try {
      return decode(type, bytes, 0);
    } catch (IOException | RuntimeException e) {
      throw new GraftInputException(
          Code.GRAFT_BYTES_INVALID,
          "The bytes are no message " + type.getFullName() + ": " + e.getMessage(),
          e);
    }
  }

  private Map<String, @Nullable Object> decode(Descriptor type, ByteString bytes, int depth)
      throws IOException {
    if (depth > FieldPath.DEEPEST) {
      throw new IOException("messages are nested more than " + FieldPath.DEEPEST + " levels deep");
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (Map.Entry<FieldDescriptor, List<Object>> field : read(type, bytes).entrySet()) {
      Object value = value(field.getKey(), field.getValue(), depth);
      if (withZeros || field.getKey().hasPresence() || !isZero(field.getKey(), value)) {
        fields.put(field.getKey().getName(), value);
      }
    }
    return fields;
  }

  /** For each field that is there, in order, what was read: scalars, and messages as bytes. */
  private Map<FieldDescriptor, List<Object>> read(Descriptor type, ByteString bytes)
      throws IOException {
    Map<FieldDescriptor, List<Object>> found = new TreeMap<>();
    if (withZeros) {
      for (FieldDescriptor field : type.getFields()) {
        if (!field.hasPresence()) {
          found.put(field, new ArrayList<>());
        }
      }
    }
    CodedInputStream in = bytes.newCodedInput();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
      int wireType = WireFormat.getTagWireType(tag);
      if (field == null) {
        skip(in, tag);
      } else if (wireType == WireFormat.WIRETYPE_START_GROUP
          && field.getType() == FieldDescriptor.Type.GROUP) {
        forgetOtherMembers(found, field);
        add(found, field, group(in, field, bytes));
      } else if (wireType == field.getLiteType().getWireType()) {
        forgetOtherMembers(found, field);
        add(found, field, scalar(in, field));
      } else if (wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED && field.isPackable()) {
        CodedInputStream packed = in.readBytes().newCodedInput();
        while (!packed.isAtEnd()) {
          add(found, field, scalar(packed, field));
        }
      } else {
        skip(in, tag);
      }
    }
    return found;
  }

  /** What stands between the tags around a message. */
  private static ByteString group(CodedInputStream in, FieldDescriptor field, ByteString bytes)
      throws IOException {
    int start = in.getTotalBytesRead();
    in.skipMessage();
    in.checkLastTagWas(field.getNumber() << TAG_TYPE_BITS | WireFormat.WIRETYPE_END_GROUP);
    int end = in.getTotalBytesRead() - CodedOutputStream.computeTagSize(field.getNumber());
    return bytes.substring(start, end);
  }

  private static void skip(CodedInputStream in, int tag) throws IOException {
    if (!in.skipField(tag)) {
      throw new IOException("a group ends that has not begun");
    }
  }

  private static void add(
      Map<FieldDescriptor, List<Object>> found, FieldDescriptor field, Object value) {
    if (field.getType() == FieldDescriptor.Type.ENUM
        && field.legacyEnumFieldTreatedAsClosed()
        && field.getEnumType().findValueByNumber((Integer) value) == null) {
      return; // A closed enum's unknown numbers are unknown fields.
    }
    found.computeIfAbsent(field, unused -> new ArrayList<>()).add(value);
  }

  private static void forgetOtherMembers(
      Map<FieldDescriptor, List<Object>> found, FieldDescriptor field) {
    if (field.getRealContainingOneof() != null) {
      for (FieldDescriptor member : field.getRealContainingOneof().getFields()) {
        if (member != field) {
          found.remove(member);
        }
      }
    }
  }

  private static Object scalar(CodedInputStream in, FieldDescriptor field) throws IOException {
    return switch (field.getType()) {
      case INT32 -> in.readInt32();
      case SINT32 -> in.readSInt32();
      case SFIXED32 -> in.readSFixed32();
      case UINT32 -> Integer.toUnsignedLong(in.readUInt32());
      case FIXED32 -> Integer.toUnsignedLong(in.readFixed32());
      case INT64 -> in.readInt64();
      case SINT64 -> in.readSInt64();
      case SFIXED64 -> in.readSFixed64();
      case UINT64 -> unsigned(in.readUInt64());
      case FIXED64 -> unsigned(in.readFixed64());
      case DOUBLE -> in.readDouble();
      case FLOAT -> in.readFloat();
      case BOOL -> in.readBool();
      case STRING -> in.readStringRequireUtf8();
      case BYTES, MESSAGE -> in.readBytes();
      case ENUM -> in.readEnum();
      case GROUP -> throw new IllegalArgumentException("Groups are read by their tags");
    };
  }

  private static BigInteger unsigned(long bits) {
    return new BigInteger(Long.toUnsignedString(bits));
  }

  private @Nullable Object value(FieldDescriptor field, List<Object> read, int depth)
      throws IOException {
    if (field.isMapField()) {
      return map(field, read, depth);
    } else if (field.isRepeated()) {
      List<@Nullable Object> list = new ArrayList<>(read.size());
      for (Object element : read) {
        list.add(single(field, element, depth));
      }
      return list;
    } else if (read.isEmpty()) {
      return zero(field);
    } else if (read.get(0) instanceof ByteString && isMessage(field)) {
      // Of a message that comes in pieces the pieces are merged, which is what joining them does.
      ByteString joined = ByteString.EMPTY;
      for (Object piece : read) {
        joined = joined.concat((ByteString) piece);
      }
      return single(field, joined, depth);
    }
    return single(field, read.get(read.size() - 1), depth);
  }

  private Map<Object, @Nullable Object> map(FieldDescriptor field, List<Object> read, int depth)
      throws IOException {
    FieldDescriptor keyField = field.getMessageType().findFieldByNumber(1);
    FieldDescriptor valueField = field.getMessageType().findFieldByNumber(2);
    Map<Object, @Nullable Object> map = new LinkedHashMap<>();
    for (Object bytes : read) {
      Map<FieldDescriptor, List<Object>> entry = read(field.getMessageType(), (ByteString) bytes);
      List<Object> key = entry.getOrDefault(keyField, List.of());
      List<Object> value = entry.getOrDefault(valueField, List.of());
      map.put(
          key.isEmpty() ? zero(keyField) : key.get(key.size() - 1),
          value.isEmpty() && isMessage(valueField)
              ? single(valueField, ByteString.EMPTY, depth)
              : value(valueField, value, depth));
    }
    return map;
  }

  private @Nullable Object single(FieldDescriptor field, Object read, int depth)
      throws IOException {
    if (field.getType() == FieldDescriptor.Type.ENUM) {
      EnumValueDescriptor named = field.getEnumType().findValueByNumber((Integer) read);
      return named == null ? read : named.getName();
    } else if (!isMessage(field) || Inputs.type(field).isPresent()) {
      return read;
    }
    Descriptor type = field.getMessageType();
    FieldDescriptor wrapped = type.findFieldByName("value");
    return WellKnownTypes.nativeValue(
        type.getFullName(),
        decode(type, (ByteString) read, depth + 1),
        wrapped == null || isMessage(wrapped) ? "" : zero(wrapped));
  }

  private static boolean isMessage(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
  }

  private static Object zero(FieldDescriptor field) {
    return switch (field.getType()) {
      case INT32, SINT32, SFIXED32 -> 0;
      case UINT32, FIXED32, INT64, SINT64, SFIXED64 -> 0L;
      case UINT64, FIXED64 -> BigInteger.ZERO;
      case DOUBLE -> 0.0;
      case FLOAT -> 0.0f;
      case BOOL -> false;
      case STRING -> "";
      case BYTES -> ByteString.EMPTY;
      case ENUM -> field.getEnumType().getValues().get(0).getName();
      case MESSAGE, GROUP -> throw new IllegalArgumentException(field + " has no zero");
    };
  }

  private static boolean isZero(FieldDescriptor field, @Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.isEmpty();
    } else if (value instanceof Map<?, ?> map) {
      return map.isEmpty();
    }
    // Not by comparing numbers, since -0.0 is written.
    return zero(field).equals(value);
  }
}
