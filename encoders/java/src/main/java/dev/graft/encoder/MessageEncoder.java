package dev.graft.encoder;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import dev.graft.annotations.Annotations;
import dev.graft.annotations.Argument;
import dev.graft.encoder.GraftInputException.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks named values against a message's descriptor and writes them in the one form that every
 * encoder of Graft writes: fields by number, map entries by key, nothing that says nothing. Equal
 * values give equal bytes in every language, which caches and tests rely on.
 */
final class MessageEncoder {
  private static final Comparator<FieldDescriptor> BY_NUMBER =
      Comparator.comparingInt(FieldDescriptor::getNumber);

  private final Inputs inputs;

  MessageEncoder(Inputs inputs) {
    this.inputs = inputs;
  }

  ByteString encode(Descriptor type, Map<?, ?> values, FieldPath path) {
    for (Object name : values.keySet()) {
      if (!(name instanceof String text) || type.findFieldByName(text) == null) {
        throw FieldPath.unknown(type, String.valueOf(name));
      }
    }
    checkOneofs(type, values, path);
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      for (FieldDescriptor field : type.getFields().stream().sorted(BY_NUMBER).toList()) {
        FieldPath place = path.field(field);
        Object value = valueOrDefault(field, values, place);
        if (value != null || isNull(field, values)) {
          write(out, field, value, place);
        }
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Memory does not fail so.
    }
    return bytes.toByteString();
  }

  private static void checkOneofs(Descriptor type, Map<?, ?> values, FieldPath path) {
    for (OneofDescriptor oneof : type.getRealOneofs()) {
      List<String> given =
          oneof.getFields().stream()
              .filter(field -> isGiven(field, values))
              .map(FieldDescriptor::getName)
              .toList();
      if (given.size() > 1) {
        throw new GraftInputException(
            Code.GRAFT_FIELD_TWICE,
            "Only one of the fields "
                + String.join(", ", given)
                + " of "
                + type.getFullName()
                + (path.path().isEmpty() ? "" : " at " + path)
                + " can be given: they are members of the oneof '"
                + oneof.getName()
                + "'");
      }
    }
  }

  private static boolean isGiven(FieldDescriptor field, Map<?, ?> values) {
    return values.get(field.getName()) != null || isNull(field, values);
  }

  /** Null is no value, except where it is one: in a google.protobuf.Value. */
  private static boolean isNull(FieldDescriptor field, Map<?, ?> values) {
    return values.containsKey(field.getName())
        && values.get(field.getName()) == null
        && !field.isRepeated()
        && takesNull(field);
  }

  private static boolean takesNull(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && WellKnownTypes.takesNull(field.getMessageType().getFullName());
  }

  private static @Nullable Object valueOrDefault(
      FieldDescriptor field, Map<?, ?> values, FieldPath place) {
    Object value = values.get(field.getName());
    Argument argument = field.getOptions().getExtension(Annotations.argument);
    if (value == null && !argument.getDefault().isEmpty() && oneofIsFree(field, values)) {
      value = Defaults.value(field, argument.getDefault(), place);
    } else if (value == null && (argument.getRequired() || field.isRequired())) {
      throw place.error(Code.GRAFT_FIELD_REQUIRED, "must be given");
    }
    if (argument.getRequired() && canBeEmpty(field) && isEmpty(value)) {
      throw place.error(Code.GRAFT_FIELD_REQUIRED, "must be given, and is empty");
    }
    return value;
  }

  /** A message is given when it is there at all, and so is a relation without bytes. */
  private static boolean canBeEmpty(FieldDescriptor field) {
    return field.isRepeated()
        || field.getType() == FieldDescriptor.Type.STRING
        || field.getType() == FieldDescriptor.Type.BYTES;
  }

  private static boolean isEmpty(@Nullable Object value) {
    return (value instanceof CharSequence text && text.isEmpty())
        || (value instanceof Iterable<?> list
            && !(value instanceof ByteString)
            && !list.iterator().hasNext())
        || (value instanceof Map<?, ?> map && map.isEmpty())
        || (value instanceof ByteString bytes && bytes.isEmpty())
        || (value instanceof byte[] array && array.length == 0);
  }

  private static boolean oneofIsFree(FieldDescriptor field, Map<?, ?> values) {
    OneofDescriptor oneof = field.getRealContainingOneof();
    return oneof == null || oneof.getFields().stream().noneMatch(member -> isGiven(member, values));
  }

  private void write(
      CodedOutputStream out, FieldDescriptor field, @Nullable Object value, FieldPath place)
      throws IOException {
    if (field.isMapField()) {
      writeMap(out, field, value, place);
    } else if (field.isRepeated()) {
      writeList(out, field, value, place);
    } else {
      Object checked = checked(field, value, place);
      if (field.hasPresence() || !Scalars.isZero(checked)) {
        writeOne(out, field, checked);
      }
    }
  }

  private void writeList(
      CodedOutputStream out, FieldDescriptor field, @Nullable Object value, FieldPath place)
      throws IOException {
    if (!(value instanceof Iterable<?> list) || value instanceof ByteString) {
      throw place.wrongType("a list", value);
    }
    List<Object> elements = new ArrayList<>();
    for (Object element : list) {
      elements.add(checked(field, element, place.element(elements.size())));
    }
    if (elements.isEmpty()) {
      return;
    }
    if (!field.isPacked()) {
      for (Object element : elements) {
        writeOne(out, field, element);
      }
      return;
    }
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream packed = CodedOutputStream.newInstance(bytes);
    for (Object element : elements) {
      Scalars.write(packed, field, element);
    }
    packed.flush();
    out.writeBytes(field.getNumber(), bytes.toByteString());
  }

  private void writeMap(
      CodedOutputStream out, FieldDescriptor field, @Nullable Object value, FieldPath place)
      throws IOException {
    if (!(value instanceof Map<?, ?> map)) {
      throw place.wrongType("a map", value);
    }
    FieldDescriptor keyField = field.getMessageType().findFieldByNumber(1);
    FieldDescriptor valueField = field.getMessageType().findFieldByNumber(2);
    Optional<Inputs.Type> held =
        valueField.getType() == FieldDescriptor.Type.BYTES ? Inputs.held(field) : Optional.empty();
    Map<Object, Object> entries = new TreeMap<>(MapKeys.order(keyField));
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      FieldPath here = place.element(String.valueOf(entry.getKey()));
      Object key = Scalars.checked(keyField, entry.getKey(), here);
      Object element =
          held.isPresent()
              ? inputs.bytes(held.get(), entry.getValue(), here)
              : checked(valueField, entry.getValue(), here);
      if (entries.put(key, element) != null) {
        throw here.error(Code.GRAFT_FIELD_TWICE, "is given twice, as keys of two Java types");
      }
    }
    for (Map.Entry<Object, Object> entry : entries.entrySet()) {
      ByteString.Output bytes = ByteString.newOutput();
      CodedOutputStream packed = CodedOutputStream.newInstance(bytes);
      writeOne(packed, keyField, entry.getKey());
      writeOne(packed, valueField, entry.getValue());
      packed.flush();
      out.writeBytes(field.getNumber(), bytes.toByteString());
    }
  }

  /** A value as {@link Scalars#write} takes it; a message as its bytes. */
  private Object checked(FieldDescriptor field, @Nullable Object value, FieldPath place) {
    Optional<Inputs.Type> input = Inputs.type(field);
    if (input.isPresent()) {
      return inputs.bytes(input.get(), value, place);
    }
    return switch (field.getType()) {
      case MESSAGE, GROUP -> message(field.getMessageType(), value, place);
      default -> Scalars.checked(field, value, place);
    };
  }

  private ByteString message(Descriptor type, @Nullable Object value, FieldPath place) {
    String name = type.getFullName();
    if (value instanceof Message message
        && message.getDescriptorForType().getFullName().equals(name)) {
      return NamedValues.deterministic(message);
    } else if (value instanceof NamedValues values && values.messageName().equals(name)) {
      return values.bytes(inputs);
    }
    Optional<Map<String, ?>> fields = WellKnownTypes.fields(name, value, place, inputs);
    if (fields.isPresent()) {
      return encode(type, fields.get(), place.deeper());
    } else if (value instanceof Map<?, ?> map) {
      return encode(type, map, place.deeper());
    }
    throw place.wrongType("a message " + name + ", or a map of its fields", value);
  }

  private static void writeOne(CodedOutputStream out, FieldDescriptor field, Object checked)
      throws IOException {
    out.writeTag(field.getNumber(), field.getLiteType().getWireType());
    if (field.getType() == FieldDescriptor.Type.GROUP) {
      out.writeRawBytes((ByteString) checked);
      out.writeTag(field.getNumber(), WireFormat.WIRETYPE_END_GROUP);
      return;
    }
    Scalars.write(out, field, checked);
  }
}
