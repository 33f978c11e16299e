package dev.graft.registry.line;

import dev.graft.registry.line.MessageFields.EnumValues;
import dev.graft.registry.line.MessageFields.Field;
import dev.graft.registry.line.MessageFields.Value;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which line has which field. Immutable once it is made, and safe for use by several threads.
 *
 * <p>It is made from a text that the build of the Connect messages writes: {@code message} or
 * {@code enum} and a full name, and under it one member a line, as {@code number name since} and,
 * for a field that holds one of these types, the type's name.
 */
final class FieldTable {
  /**
   * Fields that a server may ignore without another result: they say where in a client's program a
   * node was made, for error messages. Their content is not looked at.
   */
  private static final Set<String> IGNORABLE =
      Set.of("spark.connect.RelationCommon.origin", "spark.connect.ExpressionCommon.origin");

  /** The field around ignorable ones. Its content is looked at, in case it ever holds more. */
  private static final String HOLDER_OF_IGNORABLE = "spark.connect.Expression.common";

  private final List<String> lines;
  private final Map<String, MessageFields> messages = new HashMap<>(1024);
  private final Map<String, EnumValues> enums = new HashMap<>(64);

  private FieldTable(List<String> lines) {
    this.lines = lines;
  }

  /**
   * Reads a table.
   *
   * @param lines the known lines, the oldest first
   * @param members the text without its first line
   */
  static FieldTable read(List<String> lines, List<String> members) {
    FieldTable table = new FieldTable(lines);
    for (String text : members) {
      if (text.startsWith("message ")) {
        String name = text.substring(8);
        table.messages.put(name, new MessageFields(name));
      } else if (text.startsWith("enum ")) {
        table.enums.put(text.substring(5), new EnumValues());
      }
    }
    int from = 0;
    while (from < members.size()) {
      int to = from + 1;
      while (to < members.size() && Character.isDigit(members.get(to).charAt(0))) {
        to++;
      }
      table.define(members.get(from), members.subList(from + 1, to));
      from = to;
    }
    return table;
  }

  /**
   * The fields of a message type.
   *
   * @throws IllegalArgumentException if no line has the type
   */
  MessageFields message(String fullName) {
    MessageFields found = messages.get(fullName);
    if (found == null) {
      throw new IllegalArgumentException("No Connect line has a message " + fullName);
    }
    return found;
  }

  private void define(String type, List<String> members) {
    String name = type.substring(type.indexOf(' ') + 1);
    MessageFields message = messages.get(name);
    if (message != null) {
      message.define(fields(name, members));
      return;
    }
    EnumValues values = enums.get(name);
    if (values == null) {
      throw new IllegalArgumentException("Neither a message nor an enum: " + type);
    }
    @Nullable Value[] byNumber = new Value[0];
    for (String text : members) {
      String[] words = text.split(" ", -1);
      int number = Integer.parseInt(words[0]);
      byNumber = Arrays.copyOf(byNumber, Math.max(byNumber.length, number + 1));
      byNumber[number] = new Value(words[1], lines.indexOf(words[2]));
    }
    values.define(byNumber);
  }

  private @Nullable Field[] fields(String message, List<String> members) {
    @Nullable Field[] byNumber = new Field[0];
    for (String text : members) {
      String[] words = text.split(" ", -1);
      int number = Integer.parseInt(words[0]);
      byNumber = Arrays.copyOf(byNumber, Math.max(byNumber.length, number + 1));
      byNumber[number] = field(message, words);
    }
    return byNumber;
  }

  private Field field(String message, String[] words) {
    String fullName = message + "." + words[1];
    if (IGNORABLE.contains(fullName)) {
      return new Field(words[1], 0, null, null);
    }
    int since = fullName.equals(HOLDER_OF_IGNORABLE) ? 0 : lines.indexOf(words[2]);
    return words.length == 3
        ? new Field(words[1], since, null, null)
        : new Field(words[1], since, messages.get(words[3]), enums.get(words[3]));
  }
}
