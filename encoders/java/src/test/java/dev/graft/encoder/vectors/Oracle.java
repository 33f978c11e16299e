package dev.graft.encoder.vectors;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.graft.annotations.Annotations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Turns values into bytes and back with nothing but protobuf's own library: its dynamic messages,
 * its deterministic serialisation and its JSON mapping. Only the order of map entries and the
 * filling in of defaults are written here, since protobuf knows neither.
 */
final class Oracle {
  private static final int DEEPEST = 10_000;

  private final TwinFiles wire;
  private final TwinFiles json;

  Oracle(List<FileDescriptorProto> files) {
    try {
      wire = new TwinFiles(withExtensions(files), true);
      json = new TwinFiles(withExtensions(files), false);
    } catch (DescriptorValidationException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The options of graft/annotations.proto are extensions, which plain parsing leaves unknown. */
  private static List<FileDescriptorProto> withExtensions(List<FileDescriptorProto> files) {
    ExtensionRegistry registry = ExtensionRegistry.newInstance();
    Annotations.registerAllExtensions(registry);
    List<FileDescriptorProto> parsed = new ArrayList<>();
    for (FileDescriptorProto file : files) {
      try {
        parsed.add(FileDescriptorProto.parseFrom(file.toByteString(), registry));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return parsed;
  }

  /** The descriptor of a message whose inputs are bytes and whose maps are maps. */
  Descriptor message(String name) {
    return json.message(name);
  }

  ByteString encode(String message, JsonObject values) {
    return serialised(build(wire.message(message), values));
  }

  JsonObject decode(String message, ByteString bytes) {
    try {
      CodedInputStream in = bytes.newCodedInput();
      in.setRecursionLimit(DEEPEST);
      String text =
          JsonFormat.printer()
              .preservingProtoFieldNames()
              .print(DynamicMessage.parseFrom(json.message(message), in));
      return JsonParser.parseString(text).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ByteString serialised(Message message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      message.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ByteString.copyFrom(bytes.toByteArray());
  }

  private DynamicMessage build(Descriptor type, JsonObject values) {
    for (String name : values.keySet()) {
      Objects.requireNonNull(type.findFieldByName(name), () -> name + " in " + type.getFullName());
    }
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    for (FieldDescriptor field : type.getFields()) {
      JsonElement value = values.get(field.getName());
      if (value == null) {
        String text = field.getOptions().getExtension(Annotations.argument).getDefault();
        if (!text.isEmpty() && oneofIsFree(field, values)) {
          message.setField(field, scalar(field, new JsonPrimitive(text)));
        }
      } else if (!field.isRepeated()) {
        message.setField(field, single(field, value));
      } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
          && wire.isMapEntry(field.getMessageType())) {
        message.setField(field, entries(field.getMessageType(), value.getAsJsonObject()));
      } else {
        for (JsonElement element : value.getAsJsonArray()) {
          message.addRepeatedField(field, single(field, element));
        }
      }
    }
    return message.build();
  }

  private static boolean oneofIsFree(FieldDescriptor field, JsonObject values) {
    return field.getRealContainingOneof() == null
        || field.getRealContainingOneof().getFields().stream()
            .noneMatch(member -> values.has(member.getName()));
  }

  private List<DynamicMessage> entries(Descriptor entryType, JsonObject values) {
    FieldDescriptor key = entryType.findFieldByName("key");
    FieldDescriptor value = entryType.findFieldByName("value");
    List<DynamicMessage> entries = new ArrayList<>();
    for (Map.Entry<String, JsonElement> entry : values.entrySet()) {
      entries.add(
          DynamicMessage.newBuilder(entryType)
              .setField(key, scalar(key, new JsonPrimitive(entry.getKey())))
              .setField(value, single(value, entry.getValue()))
              .build());
    }
    entries.sort(Comparator.comparing(entry -> entry.getField(key), keyOrder(key)));
    return entries;
  }

  private static Comparator<Object> keyOrder(FieldDescriptor key) {
    return switch (key.getType()) {
      case UINT32, FIXED32 -> (a, b) -> Integer.compareUnsigned((Integer) a, (Integer) b);
      case UINT64, FIXED64 -> (a, b) -> Long.compareUnsigned((Long) a, (Long) b);
      case INT32, SINT32, SFIXED32 -> Comparator.comparing(Integer.class::cast);
      case INT64, SINT64, SFIXED64 -> Comparator.comparing(Long.class::cast);
      case BOOL -> Comparator.comparing(Boolean.class::cast);
      default ->
          Comparator.comparing(
              text -> ByteString.copyFromUtf8((String) text),
              ByteString.unsignedLexicographicalComparator());
    };
  }

  private Object single(FieldDescriptor field, JsonElement value) {
    if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      return scalar(field, value);
    }
    Descriptor type = field.getMessageType();
    return type.getFile().getPackage().equals("google.protobuf")
        ? wellKnown(type, value)
        : build(type, value.getAsJsonObject());
  }

  /** Through the generated class: a dynamic one would not sort the entries of a Struct. */
  private static DynamicMessage wellKnown(Descriptor type, JsonElement value) {
    if (type.getFile().getName().equals("google/protobuf/wrappers.proto")) {
      FieldDescriptor wrapped = type.findFieldByName("value"); // JSON's parser loses -0.0.
      return DynamicMessage.newBuilder(type).setField(wrapped, scalar(wrapped, value)).build();
    }
    try {
      Message.Builder builder =
          (Message.Builder)
              Class.forName(type.getFullName().replace("google.protobuf.", "com.google.protobuf."))
                  .getMethod("newBuilder")
                  .invoke(null);
      JsonFormat.parser().merge(value.toString(), builder);
      return DynamicMessage.parseFrom(type, serialised(builder.build()));
    } catch (ReflectiveOperationException | IOException e) {
      throw new IllegalArgumentException(value + " as " + type.getFullName(), e);
    }
  }

  private static Object scalar(FieldDescriptor field, JsonElement json) {
    String text = json.getAsString();
    return switch (field.getType()) {
      case DOUBLE -> Double.valueOf(text);
      case FLOAT -> Float.valueOf(text);
      case INT32, SINT32, SFIXED32 -> Integer.valueOf(text);
      case UINT32, FIXED32 -> Integer.parseUnsignedInt(text);
      case INT64, SINT64, SFIXED64 -> Long.valueOf(text);
      case UINT64, FIXED64 -> Long.parseUnsignedLong(text);
      case BOOL -> Boolean.valueOf(text.toLowerCase(Locale.ROOT));
      case STRING -> text;
      case BYTES -> ByteString.copyFrom(Base64.getDecoder().decode(text));
      case ENUM -> enumValue(field.getEnumType(), text);
      default -> throw new IllegalArgumentException(field + ": " + json);
    };
  }

  /** Of two names of one number the first, which is the one that protobuf compares with zero. */
  private static EnumValueDescriptor enumValue(EnumDescriptor type, String text) {
    EnumValueDescriptor named = type.findValueByName(text);
    int number = named == null ? Integer.parseInt(text) : named.getNumber();
    return type.findValueByNumberCreatingIfUnknown(number);
  }

  static JsonArray array(List<? extends JsonElement> elements) {
    JsonArray array = new JsonArray();
    elements.forEach(array::add);
    return array;
  }
}
