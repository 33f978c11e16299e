package dev.graft.api.adapter;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Finds what protobuf has read of a message without knowing it, in the message itself and in
 * messages inside it. Messages of Connect and of protobuf itself are not looked at: which fields a
 * server knows of those is the line's matter. Safe for use by several threads.
 *
 * <p>Which fields lead to messages is found once, so that a message without any costs a look at one
 * field of the object. It is kept here, with the plugin it belongs to, and goes with it.
 */
final class UnknownFields {
  private static final UnknownFieldSet NONE = UnknownFieldSet.getDefaultInstance();

  private final Descriptor type;
  private final boolean own;
  private final boolean ignored;
  private Inner[] inner = new Inner[0];

  private UnknownFields(Descriptor type) {
    this.type = type;
    this.own = isOwn(type);
    this.ignored = Annotations.ignoresUnknownFields(type);
  }

  /** For messages of a type, of which one is given. */
  static UnknownFields of(Message prototype) {
    return of(prototype, new HashMap<>());
  }

  private static UnknownFields of(Message prototype, Map<Descriptor, UnknownFields> known) {
    Descriptor type = prototype.getDescriptorForType();
    UnknownFields made = known.get(type);
    if (made != null) {
      return made; // a message may hold itself
    }
    UnknownFields fields = new UnknownFields(type);
    known.put(type, fields);
    List<Inner> inner = new ArrayList<>();
    for (FieldDescriptor field : fields.own ? type.getFields() : List.<FieldDescriptor>of()) {
      FieldDescriptor held = UnknownFieldRefusal.held(field);
      if (held.getJavaType() == FieldDescriptor.JavaType.MESSAGE && isOwn(held.getMessageType())) {
        inner.add(Inner.of(prototype, field, known));
      }
    }
    fields.inner = inner.toArray(Inner[]::new);
    return fields;
  }

  private static boolean isOwn(Descriptor type) {
    String name = type.getFullName();
    return !name.startsWith("spark.connect.") && !name.startsWith("google.protobuf.");
  }

  /**
   * Refuses a message with anything unknown in it.
   *
   * @throws dev.graft.spi.NewerExtensionException if it has fields, or values of closed enums, that
   *     the plugin's version of it does not have
   * @throws dev.graft.spi.PlanningException if it has a field in a form that is not the field's
   */
  @SuppressWarnings("ReferenceEquality") // protobuf has one empty set, or another costs a look
  void refuse(Message message) {
    if (message.getUnknownFields() != NONE) {
      refuse(message.getUnknownFields());
    }
    for (Inner each : inner) {
      each.refuse(message);
    }
  }

  /** Apart from the above, which is called for each message and should stay small. */
  private void refuse(UnknownFieldSet unknown) {
    if (own) {
      UnknownFieldRefusal.check(type, unknown, ignored);
    }
  }

  /** How messages stand in a field. */
  private enum Shape {
    SINGLE,
    LIST,
    MAP
  }

  /**
   * A field that leads to messages. One class for all shapes: a call that may go to several takes
   * as long as what is called here.
   *
   * @param unset what the field of a single message gives where it is not set
   */
  private record Inner(
      Shape shape, Function<Message, Object> getter, Message unset, UnknownFields fields) {
    static Inner of(
        Message prototype, FieldDescriptor field, Map<Descriptor, UnknownFields> known) {
      Message unset = Getter.prototypeOf(prototype.newBuilderForType(), field);
      UnknownFields fields = UnknownFields.of(unset, known);
      if (field.isMapField()) {
        return new Inner(Shape.MAP, Getter.map(prototype, field), unset, fields);
      }
      return field.isRepeated()
          ? new Inner(Shape.LIST, Getter.list(prototype, field), unset, fields)
          : new Inner(Shape.SINGLE, Getter.single(prototype, field), unset, fields);
    }

    void refuse(Message message) {
      Object value = getter.apply(message);
      switch (shape) {
        case SINGLE -> {
          if (value != unset) {
            fields.refuse((Message) value);
          }
        }
        case LIST -> {
          List<?> elements = (List<?>) value;
          for (int index = 0; index < elements.size(); index++) {
            fields.refuse((Message) elements.get(index));
          }
        }
        case MAP -> {
          Map<?, ?> map = (Map<?, ?>) value;
          if (!map.isEmpty()) {
            for (Object each : map.values()) {
              fields.refuse((Message) each);
            }
          }
        }
      }
    }
  }
}
