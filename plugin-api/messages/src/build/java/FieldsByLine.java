import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes which Connect line has which field, from the descriptors of each. Run by the build, and in
 * no jar.
 *
 * <p>The first argument is the file to write, the others are {@code line=descriptors}, the oldest
 * line first. What is written is text, one thing a line, words apart by spaces:
 *
 * <pre>
 *   lines 3.4 3.5 …
 *   message spark.connect.Relation
 *   1 common 3.4 spark.connect.RelationCommon       number, name, since, type if it is one of these
 *   enum spark.connect.Join.JoinType
 *   0 JOIN_TYPE_UNSPECIFIED 3.4
 * </pre>
 *
 * <p>It holds what the newest line has; the line of a field is the first from which on every line
 * has it.
 */
final class FieldsByLine {
  private static final String CONNECT = "spark.connect";

  /** A type's members by number: a message's fields, or an enum's values. */
  private record Type(boolean message, TreeMap<Integer, Member> members) {}

  /**
   * A field or value.
   *
   * @param type the full name of its type, empty for scalars and values
   * @param shape what must never change while the number stays
   */
  private record Member(String name, String type, String shape) {}

  private final List<String> lines = new ArrayList<>();
  private final List<Map<String, Type>> types = new ArrayList<>();

  public static void main(String[] arguments) throws IOException {
    FieldsByLine fields = new FieldsByLine();
    for (int i = 1; i < arguments.length; i++) {
      String[] line = arguments[i].split("=", 2);
      fields.read(line[0], Path.of(line[1]));
    }
    Path output = Path.of(arguments[0]);
    Files.createDirectories(output.getParent());
    Files.writeString(output, fields.text());
  }

  private void read(String line, Path descriptors) throws IOException {
    Map<String, Type> found = new TreeMap<>();
    FileDescriptorSet set = FileDescriptorSet.parseFrom(Files.readAllBytes(descriptors));
    for (FileDescriptorProto file : set.getFileList()) {
      if (!file.getPackage().equals(CONNECT)) {
        continue; // Graft's own messages, which no server reads
      }
      String scope = CONNECT + ".";
      file.getMessageTypeList().forEach(message -> read(scope, message, found));
      file.getEnumTypeList().forEach(values -> read(scope, values, found));
    }
    if (!found.containsKey("spark.connect.Relation")) {
      throw new IllegalArgumentException(descriptors + " has no spark.connect.Relation");
    }
    lines.add(line);
    types.add(found);
  }

  private static void read(String scope, DescriptorProto message, Map<String, Type> found) {
    TreeMap<Integer, Member> members = new TreeMap<>();
    for (FieldDescriptorProto field : message.getFieldList()) {
      String type = field.getTypeName().replaceFirst("^\\.", "");
      members.put(
          field.getNumber(),
          new Member(field.getName(), type, field.getType() + " " + field.getLabel() + " " + type));
    }
    String name = scope + message.getName();
    found.put(name, new Type(true, members));
    message.getNestedTypeList().forEach(nested -> read(name + ".", nested, found));
    message.getEnumTypeList().forEach(values -> read(name + ".", values, found));
  }

  private static void read(String scope, EnumDescriptorProto values, Map<String, Type> found) {
    TreeMap<Integer, Member> members = new TreeMap<>();
    for (EnumValueDescriptorProto value : values.getValueList()) {
      members.putIfAbsent(value.getNumber(), new Member(value.getName(), "", "value"));
    }
    found.put(scope + values.getName(), new Type(false, members));
  }

  private String text() {
    StringBuilder text = new StringBuilder("lines ").append(String.join(" ", lines)).append('\n');
    Map<String, Type> newest = types.get(types.size() - 1);
    newest.forEach(
        (typeName, type) -> {
          text.append(type.message() ? "message " : "enum ").append(typeName).append('\n');
          type.members()
              .forEach(
                  (number, member) -> {
                    text.append(number).append(' ').append(member.name());
                    text.append(' ').append(since(typeName, number, member));
                    if (newest.containsKey(member.type())) {
                      text.append(' ').append(member.type());
                    }
                    text.append('\n');
                  });
        });
    return text.toString();
  }

  private String since(String typeName, int number, Member member) {
    int line = lines.size() - 1;
    while (line > 0) {
      Type earlier = types.get(line - 1).get(typeName);
      Member same = earlier == null ? null : earlier.members().get(number);
      if (same == null) {
        break;
      }
      if (!same.shape().equals(member.shape())) {
        // Presence of a number would no longer tell whether a server understands the field.
        throw new IllegalStateException(
            "%s field %d is %s in %s and %s before"
                .formatted(typeName, number, member.shape(), lines.get(line), same.shape()));
      }
      line--;
    }
    return lines.get(line);
  }
}
