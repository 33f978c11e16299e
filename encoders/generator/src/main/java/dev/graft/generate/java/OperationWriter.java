package dev.graft.generate.java;

import dev.graft.generate.model.Argument;
import dev.graft.generate.model.Name;
import dev.graft.generate.model.Operation;
import dev.graft.generate.model.OperationKind;
import java.util.List;
import java.util.stream.Collectors;

/** Writes an operation: the method that begins one, and the class that takes the rest. */
final class OperationWriter {
  private final JavaNames names;
  private final JavaTypes types;

  OperationWriter(JavaNames names) {
    this.names = names;
    this.types = new JavaTypes(names);
  }

  /** The methods of the outer class. */
  String factory(Operation operation) {
    String type = names.type(operation);
    MemberWriter members = new MemberWriter(types, type, operation);
    return members.factories(
        new Javadoc(operation.documentation(), "Begins {@code " + operation.fullName() + "}."),
        type + " " + names.factory(operation),
        "%s made = new %s(OPERATIONS.operation(%s)); "
            .formatted(type, type, JavaLiterals.text(operation.fullName())),
        "made.values.with");
  }

  /** The nested class. */
  String type(Operation operation) {
    String type = names.type(operation);
    MemberWriter members = new MemberWriter(types, type, operation);
    List<Argument> required = Parameters.required(operation.arguments());
    String setters =
        operation.arguments().stream()
            .filter(argument -> !required.contains(argument))
            .map(argument -> members.setter(argument, "values.with"))
            .collect(Collectors.joining());
    return new Javadoc(operation.documentation(), "{@code " + operation.fullName() + "}.")
            .then("Not safe for use by several threads.")
        + """
        public static final class TYPEIMPLEMENTS {
          private final NamedValues values;

          private TYPE(NamedValues values) {
            this.values = values;
          }

          SETTERS
          /**
           * The values so far, for clients that take them.
           *
           * @return the values, which change with this
           */
          public NamedValues values() {
            return values;
          }

          RESULT
        }
        """
            .replace("IMPLEMENTS", implemented(operation))
            .replace("TYPE", type)
            .replace("RESULT", result(operation))
            .replace("SETTERS", setters);
  }

  private String result(Operation operation) {
    Name kind = operation.kind().asName();
    String text =
        """
        /**
         * Makes ARTICLE METHOD of what was given.
         *
         * @return the node, for a plan
         * @throws dev.graft.encoder.GraftInputException if an argument is missing or does not fit
         */
        public TYPE METHOD() {
          return values.METHOD();
        }
        """
            .replace("ARTICLE", operation.kind() == OperationKind.EXPRESSION ? "an" : "a")
            .replace("TYPE", kind.pascal())
            .replace("METHOD", kind.snake());
    if (operation.reply().isEmpty()) {
      return text + asInput(operation);
    }
    return text
        + """

        /**
         * Reads what the server answered.
         *
         * @param answer what the client returned for this command
         * @return the message in it
         * @throws dev.graft.encoder.GraftInputException if the answer is another
         */
        public static REPLY reply(Answer answer) {
          return REPLY.decoded(OPERATIONS.reply(NAME, answer));
        }
        """
            .replace("REPLY", names.type(operation.reply().get()))
            .replace("NAME", JavaLiterals.text(operation.reply().get()));
  }

  private static String implemented(Operation operation) {
    return operation.kind() == OperationKind.COMMAND
        ? ""
        : " implements " + operation.kind().asName().pascal() + "Input";
  }

  private static String asInput(Operation operation) {
    return operation.kind() == OperationKind.COMMAND
        ? ""
        : """

        @Override
        public Object asInput() {
          return values;
        }
        """;
  }
}
