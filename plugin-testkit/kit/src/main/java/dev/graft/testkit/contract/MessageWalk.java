package dev.graft.testkit.contract;

import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** Goes through all messages inside one. */
final class MessageWalk {
  private MessageWalk() {}

  static void through(Message message, Consumer<Message> visitor) {
    Deque<Message> open = new ArrayDeque<>();
    open.push(message);
    while (!open.isEmpty()) {
      Message next = open.pop();
      visitor.accept(next);
      next.getAllFields()
          .forEach(
              (field, value) -> {
                if (field.getJavaType() == JavaType.MESSAGE) {
                  List<?> children = field.isRepeated() ? (List<?>) value : List.of(value);
                  children.forEach(child -> open.push((Message) child));
                }
              });
    }
  }
}
