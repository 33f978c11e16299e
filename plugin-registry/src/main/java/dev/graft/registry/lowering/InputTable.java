package dev.graft.registry.lowering;

import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.descriptor.Descriptors;
import dev.graft.registry.descriptor.FieldDescriptor;
import dev.graft.registry.descriptor.MessageDescriptor;
import dev.graft.registry.wire.Slice;
import dev.graft.registry.wire.WireCursor;
import dev.graft.registry.wire.WireException;
import dev.graft.registry.wire.WireType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a type of message holds relations and expressions: at its fields of those types, and at
 * those of the messages in it. Fields of type {@code bytes} are not looked into. Immutable and safe
 * for use by several threads.
 */
public final class InputTable {
  private static final String RELATION = ConnectType.RELATION.fullName();
  private static final String EXPRESSION = ConnectType.EXPRESSION.fullName();

  /**
   * Bounds the stack; protobuf's own parsers follow no more than the thousand that Graft allows.
   */
  private static final int MAX_NESTING = 500;

  private final Map<String, Map<Integer, String>> fields;
  private final String root;

  private InputTable(Map<String, Map<Integer, String>> fields, String root) {
    this.fields = fields;
    this.root = root;
  }

  /**
   * The table of a message type.
   *
   * @param descriptors those of the type and the types in it; Spark's own may be left out
   * @param messageName its full name
   */
  public static InputTable of(Descriptors descriptors, String messageName) {
    Descriptors all = descriptors.and(Connect.DESCRIPTORS);
    Map<String, Map<Integer, String>> reached = new HashMap<>();
    List<String> open = new ArrayList<>(List.of(messageName));
    while (!open.isEmpty()) {
      String name = open.remove(open.size() - 1);
      MessageDescriptor message = all.message(name);
      if (message == null || reached.containsKey(name)) {
        continue;
      }
      Map<Integer, String> byNumber = new HashMap<>();
      for (FieldDescriptor field : message.fields()) {
        String type = field.typeName();
        if (field.isMessage() && type != null) {
          byNumber.put(field.number(), type);
          if (!isInput(type)) {
            open.add(type);
          }
        }
      }
      reached.put(name, byNumber);
    }
    return new InputTable(leading(reached), messageName);
  }

  /** Only the fields that lead to an input. */
  private static Map<String, Map<Integer, String>> leading(
      Map<String, Map<Integer, String>> reached) {
    Set<String> leading = new HashSet<>(Set.of(RELATION, EXPRESSION));
    boolean grows = true;
    while (grows) {
      grows = false;
      for (Map.Entry<String, Map<Integer, String>> type : reached.entrySet()) {
        if (!leading.contains(type.getKey())
            && type.getValue().values().stream().anyMatch(leading::contains)) {
          grows = leading.add(type.getKey());
        }
      }
    }
    Map<String, Map<Integer, String>> result = new HashMap<>();
    reached.forEach(
        (name, fields) -> {
          Map<Integer, String> kept = new HashMap<>(fields);
          kept.values().retainAll(leading);
          if (!kept.isEmpty()) {
            result.put(name, Map.copyOf(kept));
          }
        });
    return Map.copyOf(result);
  }

  private static boolean isInput(String type) {
    return type.equals(RELATION) || type.equals(EXPRESSION);
  }

  /**
   * The inputs in a message.
   *
   * @param message serialised; what is not well-formed has none, and is its plugin's to refuse
   */
  public MessageInputs find(ByteBuffer message) {
    if (!fields.containsKey(root)) {
      return MessageInputs.NONE;
    }
    byte[] bytes = new byte[message.remaining()];
    message.duplicate().get(bytes);
    Found found = new Found(new ArrayList<>(), new ArrayList<>());
    try {
      search(Slice.of(bytes), root, found, 0);
    } catch (WireException e) {
      return MessageInputs.NONE;
    }
    return new MessageInputs(found.relations(), found.expressions());
  }

  private record Found(List<byte[]> relations, List<byte[]> expressions) {}

  private void search(Slice message, String type, Found found, int nesting) {
    Map<Integer, String> leading = fields.getOrDefault(type, Map.of());
    WireCursor cursor = new WireCursor(message);
    while (cursor.nextField()) {
      String target = leading.get(cursor.fieldNumber());
      if (target == null || cursor.wireType() != WireType.LENGTH) {
        cursor.skip();
        continue;
      }
      Slice content = cursor.content();
      List<byte[]> list = target.equals(RELATION) ? found.relations() : found.expressions();
      if (isInput(target)) {
        list.add(content.copy());
      } else if (nesting < MAX_NESTING) {
        search(content, target, found, nesting + 1);
      }
    }
  }

  /** Read when the first table is made. */
  private static final class Connect {
    static final Descriptors DESCRIPTORS = Descriptors.ofConnect();
  }
}
