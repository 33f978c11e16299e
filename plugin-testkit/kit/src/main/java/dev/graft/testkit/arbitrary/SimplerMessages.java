package dev.graft.testkit.arbitrary;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Messages that are a little simpler than another: a field is left out, an element of a list is, a
 * text is shorter, or a message of the same type that is nested inside takes its place.
 */
final class SimplerMessages {
  private SimplerMessages() {}

  /** All of them, the much simpler ones first. Recursion ends with the depth of the message. */
  static <M extends Message> Stream<M> of(M message) {
    return Stream.of(SimplerMessages.<M>nestedOfSameType(message), simplerByOneField(message))
        .flatMap(simpler -> simpler);
  }

  @SuppressWarnings("unchecked") // checked by the descriptor
  private static <M extends Message> Stream<M> nestedOfSameType(M message) {
    List<M> found = new ArrayList<>();
    for (Object child : children(message)) {
      // Through one message in between, as from a relation over its filter to the filter's input.
      for (Object grandchild : children((Message) child)) {
        if (((Message) grandchild).getDescriptorForType() == message.getDescriptorForType()) {
          found.add((M) grandchild);
        }
      }
    }
    return found.stream();
  }

  private static List<Object> children(Message message) {
    List<Object> children = new ArrayList<>();
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              if (field.getJavaType() == JavaType.MESSAGE && !field.isMapField()) {
                children.addAll(field.isRepeated() ? (List<?>) value : List.of(value));
              }
            });
    return children;
  }

  private static <M extends Message> Stream<M> simplerByOneField(M message) {
    Map<FieldDescriptor, Object> fields = message.getAllFields();
    return fields.entrySet().stream()
        .flatMap(
            entry -> {
              FieldDescriptor field = entry.getKey();
              Stream<M> without = Stream.of(with(message, field, null));
              Stream<M> simpler =
                  field.isRepeated()
                      ? lists((List<?>) entry.getValue(), field)
                          .map(list -> with(message, field, list))
                      : values(field, entry.getValue()).map(value -> with(message, field, value));
              return Stream.concat(without, simpler);
            });
  }

  @SuppressWarnings("unchecked") // a builder makes messages of its own type
  private static <M extends Message> M with(
      M message, FieldDescriptor field, @Nullable Object value) {
    Message.Builder builder = message.toBuilder().clearField(field);
    if (value != null) {
      builder.setField(field, value);
    }
    return (M) builder.build();
  }

  private static Stream<List<Object>> lists(List<?> list, FieldDescriptor field) {
    Stream<List<Object>> shorter =
        Stream.iterate(0, index -> index < list.size(), index -> index + 1)
            .map(
                index -> {
                  List<Object> rest = new ArrayList<>(list);
                  rest.remove((int) index);
                  return rest;
                });
    if (field.isMapField()) {
      return shorter;
    }
    Stream<List<Object>> simpler =
        Stream.iterate(0, index -> index < list.size(), index -> index + 1)
            .flatMap(
                index ->
                    values(field, list.get(index))
                        .map(
                            value -> {
                              List<Object> changed = new ArrayList<>(list);
                              changed.set(index, value);
                              return changed;
                            }));
    return Stream.concat(shorter, simpler);
  }

  private static Stream<Object> values(FieldDescriptor field, Object value) {
    return switch (field.getJavaType()) {
      case MESSAGE -> of((Message) value).map(simpler -> simpler);
      case STRING -> {
        String text = (String) value;
        yield text.length() > 1
            ? Stream.of(text.substring(0, text.length() / 2), text.substring(0, 1))
            : Stream.empty();
      }
      case BYTE_STRING -> {
        ByteString bytes = (ByteString) value;
        yield bytes.size() > 1 ? Stream.of(bytes.substring(0, bytes.size() / 2)) : Stream.empty();
      }
      case INT -> (Integer) value == 1 ? Stream.empty() : Stream.of(1);
      case LONG -> (Long) value == 1 ? Stream.empty() : Stream.of(1L);
      default -> Stream.empty();
    };
  }
}
