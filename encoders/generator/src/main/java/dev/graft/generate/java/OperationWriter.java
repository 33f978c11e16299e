package dev.graft.generate.java;

import dev.graft.generate.model.Argument;
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
    MemberWriter members = new MemberWriter(types, type, operation.arguments(), operation.oneofs());
    return members.factories(
        new Javadoc(operation.documentation(), "Begins {@code " + operation.messageName() + "}."),
        type + " " + names.factory(operation),
        "%s made = new %s(OPERATIONS.operation(%s)); "
            .formatted(type, type, JavaLiterals.text(operation.messageName())),
        "made.values.with");
  }

  /** The nested class. */
  String type(Operation operation) {
    String type = names.type(operation);
    MemberWriter members = new MemberWriter(types, type, operation.arguments(), operation.oneofs());
    List<Argument> required = Parameters.required(operation.arguments());
    String setters =
        operation.arguments().stream()
            .filter(argument -> !required.contains(argument))
            .map(argument -> members.setter(argument, "values.with"))
            .collect(Collectors.joining());
    return new Javadoc(operation.documentation(), "{@code " + operation.messageName() + "}.")
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
    String kind =
        switch (operation.kind()) {
          case RELATION -> "Relation relation()";
          case EXPRESSION -> "Expression expression()";
          case COMMAND -> "Command command()";
        };
    String article = kind.startsWith("Expression") ? "an " : "a ";
    String method = kind.substring(kind.indexOf(' ') + 1);
    String text =
        """
        /**
         * Makes ARTICLE of what was given.
         *
         * @return the node, for a plan
         * @throws dev.graft.encoder.GraftInputException if an argument is missing or does not fit
         */
        public KIND {
          return values.METHOD;
        }
        """
            .replace("ARTICLE", article + method.replace("()", ""))
            .replace("KIND", kind)
            .replace("METHOD", method);
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
    return switch (operation.kind()) {
      case RELATION -> " implements RelationInput";
      case EXPRESSION -> " implements ExpressionInput";
      case COMMAND -> "";
    };
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
