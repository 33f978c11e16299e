package dev.graft.api.adapter;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads a field that holds messages by the method that was generated for it. Protobuf's own way, by
 * the field's descriptor, is by reflection and takes several times as long; it is taken where no
 * such method is found.
 *
 * <p>Which method it is, is tried out and not guessed from its name: it gives back what has been
 * put into the field.
 */
final class Getter {
  private final Message prototype;
  private final Message.Builder holder;

  /** Something that nothing else is. */
  private final Message value;

  private Getter(Message prototype, FieldDescriptor field) {
    this.prototype = prototype;
    this.holder = prototype.newBuilderForType();
    this.value =
        prototypeOf(holder, field)
            .newBuilderForType()
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(1, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                    .build())
            .buildPartial();
  }

  /** The default instance of the messages that a field holds, or a map's values are. */
  static Message prototypeOf(Message.Builder holder, FieldDescriptor field) {
    Message.Builder inner = holder.newBuilderForField(field);
    return field.isMapField()
        ? (Message) inner.getField(UnknownFieldRefusal.held(field))
        : inner.getDefaultInstanceForType();
  }

  /** The message in a field that is not repeated. */
  static Function<Message, Object> single(Message prototype, FieldDescriptor field) {
    Getter getter = new Getter(prototype, field);
    getter.holder.setField(field, getter.value);
    return getter
        .generated(Message.class, found -> found == getter.value)
        .orElse(message -> message.getField(field));
  }

  /** The list of messages in a repeated field. */
  static Function<Message, Object> list(Message prototype, FieldDescriptor field) {
    Getter getter = new Getter(prototype, field);
    getter.holder.addRepeatedField(field, getter.value);
    return getter
        .generated(
            List.class,
            found -> ((List<?>) found).size() == 1 && ((List<?>) found).get(0) == getter.value)
        .orElse(message -> message.getField(field));
  }

  /** A map to messages. */
  static Function<Message, Object> map(Message prototype, FieldDescriptor field) {
    Getter getter = new Getter(prototype, field);
    FieldDescriptor held = UnknownFieldRefusal.held(field);
    getter.holder.addRepeatedField(
        field, getter.holder.newBuilderForField(field).setField(held, getter.value).buildPartial());
    return getter
        .generated(
            Map.class,
            found ->
                ((Map<?, ?>) found).size() == 1
                    && ((Map<?, ?>) found).values().iterator().next() == getter.value)
        .orElse(message -> ofEntries(message, field, held));
  }

  private static Map<Integer, Object> ofEntries(
      Message message, FieldDescriptor field, FieldDescriptor held) {
    Map<Integer, Object> values = new HashMap<>();
    for (int index = 0; index < message.getRepeatedFieldCount(field); index++) {
      values.put(index, ((Message) message.getRepeatedField(field, index)).getField(held));
    }
    return values;
  }

  private Optional<Function<Message, Object>> generated(Class<?> type, Predicate<Object> isIt) {
    Message holding = holder.buildPartial();
    for (Method method : prototype.getClass().getMethods()) {
      if (method.getParameterCount() == 0
          && !Modifier.isStatic(method.getModifiers())
          && method.getName().startsWith("get")
          && type.isAssignableFrom(method.getReturnType())) {
        try {
          if (isIt.test(method.invoke(holding))) {
            return Optional.of(function(method));
          }
        } catch (Throwable e) {
          // Then it is no such method, or cannot be called from here.
        }
      }
    }
    return Optional.empty();
  }

  /** The method as a function, of a hidden class beside the message's own, with which it goes. */
  @SuppressWarnings("unchecked")
  private Function<Message, Object> function(Method method) throws Throwable {
    Class<?> owner = prototype.getClass();
    MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(owner, MethodHandles.lookup());
    MethodHandle handle = lookup.unreflect(method);
    return (Function<Message, Object>)
        LambdaMetafactory.metafactory(
                lookup,
                "apply",
                MethodType.methodType(Function.class),
                MethodType.methodType(Object.class, Object.class),
                handle,
                MethodType.methodType(method.getReturnType(), owner))
            .getTarget()
            .invoke();
  }
}
