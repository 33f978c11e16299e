package dev.graft.generate.java;

import dev.graft.generate.model.Argument;
import dev.graft.generate.model.DataMessage;
import dev.graft.generate.model.Directions;
import dev.graft.generate.model.Documentation;
import java.util.List;

/** Writes a message that stands in fields, or in answers, or in both. */
final class DataWriter {
  private final JavaNames names;
  private final JavaTypes types;

  DataWriter(JavaNames names) {
    this.names = names;
    this.types = new JavaTypes(names);
  }

  /** The nested class. */
  String write(DataMessage message, Directions directions) {
    boolean given = directions.isGiven(message.fullName());
    boolean answered = directions.isReceived(message.fullName());
    String type = names.type(message);
    MemberWriter members = new MemberWriter(types, type, message);
    StringBuilder methods = new StringBuilder();
    if (given) {
      methods.append(
          members.factories(
              new Javadoc(Documentation.none(), "A message with what must be given."),
              type + " create",
              type + " made = new " + type + "(new LinkedHashMap<>()); ",
              "made.fields.put"));
    }
    List<Argument> required = Parameters.required(message.arguments());
    for (Argument argument : message.arguments()) {
      if (given && !required.contains(argument)) {
        methods.append(members.setter(argument, "fields.put"));
      }
      if (answered) {
        methods.append(members.getter(argument));
      }
    }
    if (given) {
      methods.append("Map<String, Object> fields() { return fields; }\n\n");
    }
    if (answered) {
      methods.append(DECODED);
    }
    return new Javadoc(message.documentation(), "{@code " + message.fullName() + "}.")
            .then("Not safe for use by several threads.")
        + (BEGINNING + methods + "}\n")
            .replace("$TYPE$", type)
            .replace("$FULL$", message.fullName());
  }

  private static final String BEGINNING =
      """
      public static final class $TYPE$ {
        private final Map<String, Object> fields;

        private $TYPE$(Map<String, Object> fields) {
          this.fields = fields;
        }

      """;

  private static final String DECODED =
      """
      @SuppressWarnings("unchecked")
      static $TYPE$ decoded(Object fields) {
        return new $TYPE$((Map<String, Object>) fields);
      }

      @Override
      public String toString() {
        return "$FULL$" + fields;
      }
      """;
}
