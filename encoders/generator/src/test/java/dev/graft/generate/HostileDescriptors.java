package dev.graft.generate;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import dev.graft.annotations.Annotations;
import dev.graft.annotations.Argument;
import dev.graft.annotations.Kind;
import dev.graft.annotations.Operation;
import dev.graft.generate.source.SourceFiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Files whose names are words of languages and of generated code, whose comments hold what ends
 * comments and strings, whose messages refer to themselves. Emitters of every language are tested
 * with them.
 *
 * @param file imports what it needs of Spark and Graft; has a relation, an expression and a command
 *     that answers with a message
 */
public record HostileDescriptors(FileDescriptorProto file) {
  private static final List<String> NAMES =
      List.of(
          "class",
          "def",
          "lambda",
          "None",
          "self",
          "str",
          "int",
          "bool",
          "list",
          "dict",
          "map",
          "tuple",
          "graft",
          "spark",
          "input",
          "await",
          "match",
          "case",
          "type",
          "print",
          "datetime",
          "Any",
          "Sequence",
          "DataFrame",
          "dataclass",
          "hashCode",
          "getClass",
          "wait",
          "notify",
          "toString",
          "relation",
          "expression",
          "command",
          "values",
          "fields",
          "create",
          "from",
          "reply",
          "Object",
          "Optional",
          "NamedValues",
          "func",
          "chan",
          "go",
          "interface",
          "range",
          "nil",
          "len",
          "string",
          "error",
          "fn",
          "impl",
          "crate",
          "super",
          "mut",
          "Box",
          "Vec",
          "Result",
          "Some",
          "async",
          "function",
          "var",
          "let",
          "constructor",
          "prototype",
          "undefined",
          "number",
          "x1",
          "HTTPServer2",
          "a_1_b",
          "true",
          "null",
          "default",
          "switch",
          "new",
          "enum",
          "package");

  private static final List<String> TEXTS =
      List.of(
          "",
          " Ends a comment */ and opens one /* here.",
          " Triple \"\"\" quotes, ''' others, and ``` ticks.",
          " A backslash \\ and \\u000a and \\N{BULLET} and \\",
          " \"Quoted\" to its end\"",
          " Tags <script>alert(1)</script> & {@code x} @param y {@link Nope}",
          " Ünïcödé 日本語 \u202e reversed \ud83d\ude00 and \u2028 a separator",
          "\n\n Returns\n -------\n int\n\n Parameters:\n",
          " - one\n - two\n\n\n * three",
          " " + "word ".repeat(200),
          " " + "x".repeat(300),
          " %s %d {} ${HOME} #{x} $(rm)",
          "/ //! # nothing\r\n\ttabbed\u0000zero\u0007");

  /** A file that the seed decides about. */
  public static HostileDescriptors random(long seed) {
    Random random = new Random(seed);
    List<String> names = new ArrayList<>(NAMES);
    Collections.shuffle(names, random);
    FileDescriptorProto.Builder file = begin();
    List<String> messages = new ArrayList<>();
    for (int index = 0; index < 6; index++) {
      messages.add(capital(names.get(index)) + index);
    }
    // Types that are called as what generated code needs, too.
    messages.set(4, capital(names.get(10)));
    messages.set(5, capital(names.get(11)));
    file.addEnumType(enumeration(capital(names.get(12)) + "E", names, random));
    for (int index = 0; index < messages.size(); index++) {
      DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(messages.get(index));
      int count = 1 + random.nextInt(12);
      for (int number = 1; number <= count; number++) {
        field(message, names.get(12 + number), number, messages, file, random);
      }
      if (index < 3) {
        Operation.Builder operation = Operation.newBuilder().setKindValue(index + 1);
        operation.setDocumentation(
            random.nextBoolean() ? "" : TEXTS.get(random.nextInt(TEXTS.size())));
        if (index == 2) {
          operation.setReply("hostile.v1." + messages.get(3));
        }
        message.setOptions(
            MessageOptions.newBuilder().setExtension(Annotations.operation, operation.build()));
      }
      file.addMessageType(message);
    }
    comments(file, random);
    return new HostileDescriptors(file.build());
  }

  /** One relation with many arguments. */
  public static HostileDescriptors withFields(int count) {
    DescriptorProto.Builder message =
        DescriptorProto.newBuilder()
            .setName("Wide")
            .setOptions(
                MessageOptions.newBuilder()
                    .setExtension(
                        Annotations.operation,
                        Operation.newBuilder().setKind(Kind.RELATION).build()));
    for (int number = 1; number <= count; number++) {
      message.addField(
          FieldDescriptorProto.newBuilder()
              .setName("field_" + number)
              .setNumber(number)
              .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
              .setType(FieldDescriptorProto.Type.TYPE_STRING));
    }
    return new HostileDescriptors(begin().addMessageType(message).build());
  }

  /** What the emitter of a language makes of it. */
  public Generator.Result generate(String language) {
    return Generator.generate(
        language, new SourceFiles(List.of(file), List.of(file.getName()), Map.of()), Map.of());
  }

  private static FileDescriptorProto.Builder begin() {
    return FileDescriptorProto.newBuilder()
        .setName("hostile/v1/class.proto")
        .setPackage("hostile.v1")
        .setSyntax("proto3")
        .addDependency("graft/annotations.proto")
        .addDependency("spark/connect/relations.proto")
        .addDependency("spark/connect/expressions.proto");
  }

  private static void field(
      DescriptorProto.Builder message,
      String name,
      int number,
      List<String> messages,
      FileDescriptorProto.Builder file,
      Random random) {
    FieldDescriptorProto.Builder field =
        FieldDescriptorProto.newBuilder()
            .setName(name)
            .setNumber(number)
            .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
    Argument.Builder argument = Argument.newBuilder();
    argument.setDocumentation(TEXTS.get(random.nextInt(TEXTS.size())));
    switch (random.nextInt(8)) {
      case 0 -> {
        field
            .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
            .setTypeName(".spark.connect.Relation");
        argument.setRequired(random.nextBoolean());
      }
      case 1 -> {
        field
            .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
            .setTypeName(".spark.connect.Expression");
        argument.setRequired(random.nextBoolean());
      }
      case 2 ->
          field
              .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
              .setTypeName(".hostile.v1." + messages.get(3 + random.nextInt(3)));
      case 3 -> {
        field.setType(FieldDescriptorProto.Type.TYPE_STRING);
        argument.setDefault(TEXTS.get(1 + random.nextInt(TEXTS.size() - 1)));
      }
      case 4 ->
          field
              .setType(FieldDescriptorProto.Type.TYPE_ENUM)
              .setTypeName(".hostile.v1." + file.getEnumType(0).getName());
      case 5 ->
          field
              .setType(FieldDescriptorProto.Type.TYPE_BYTES)
              .setLabel(FieldDescriptorProto.Label.LABEL_REPEATED);
      case 6 -> {
        field.setType(FieldDescriptorProto.Type.TYPE_DOUBLE);
        argument.setDefault(random.nextBoolean() ? "NaN" : "-1.5e-300");
      }
      default -> field.setType(FieldDescriptorProto.Type.TYPE_UINT64);
    }
    message.addField(
        field.setOptions(
            FieldOptions.newBuilder().setExtension(Annotations.argument, argument.build())));
  }

  private static EnumDescriptorProto enumeration(String name, List<String> names, Random random) {
    EnumDescriptorProto.Builder enumeration = EnumDescriptorProto.newBuilder().setName(name);
    for (int number = 0; number < 1 + random.nextInt(8); number++) {
      enumeration.addValue(
          EnumValueDescriptorProto.newBuilder()
              .setName(names.get(30 + number) + "_V")
              .setNumber(number));
    }
    return enumeration.build();
  }

  private static void comments(FileDescriptorProto.Builder file, Random random) {
    var info = file.getSourceCodeInfoBuilder();
    info.addLocationBuilder()
        .addPath(2)
        .setLeadingComments(TEXTS.get(random.nextInt(TEXTS.size())));
    for (int index = 0; index < file.getMessageTypeCount(); index++) {
      info.addLocationBuilder()
          .addPath(FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER)
          .addPath(index)
          .setLeadingComments(TEXTS.get(random.nextInt(TEXTS.size())));
    }
    info.addLocationBuilder()
        .addPath(FileDescriptorProto.ENUM_TYPE_FIELD_NUMBER)
        .addPath(0)
        .addPath(EnumDescriptorProto.VALUE_FIELD_NUMBER)
        .addPath(0)
        .setTrailingComments(TEXTS.get(random.nextInt(TEXTS.size())));
  }

  private static String capital(String name) {
    String plain = name.replaceFirst("^_+", "");
    return Character.toUpperCase(plain.charAt(0)) + plain.substring(1);
  }
}
