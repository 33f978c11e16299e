package dev.graft.generate.rust;

import dev.graft.generate.model.Name;
import dev.graft.generate.model.Operation;
import dev.graft.generate.model.OperationKind;
import java.util.ArrayList;
import java.util.List;

/** Writes an operation: its struct, and the methods that give what it stands for. */
final class OperationWriter {
  private final RustNames names;
  private final RustTypes types;
  private final Cycles cycles;

  OperationWriter(RustNames names, RustTypes types, Cycles cycles) {
    this.names = names;
    this.types = types;
    this.cycles = cycles;
  }

  List<String> write(Operation operation) {
    String type = names.type(operation);
    StructWriter struct = new StructWriter(operation, false, names, types, cycles);
    Name node = operation.kind().asName();
    List<String> items = new ArrayList<>();
    items.add(struct.definition(false));
    items.add(
        Layout.item(
            "",
            "impl "
                + type
                + " {\n"
                + struct.methods()
                + conversion(operation, node)
                + execution(operation)
                + "}\n"));
    items.add(struct.givenTrait());
    items.add(
        Layout.item(
            "",
            """
            impl From<%s> for graft_connect::%s {
                fn from(message: %s) -> Self {
                    message.%s().into()
                }
            }
            """
                .formatted(type, node.pascal(), type, node.snake())));
    items.addAll(new ChoiceWriter(names, types, cycles).write(operation, false));
    return items;
  }

  private static String conversion(Operation operation, Name node) {
    String what =
        switch (operation.kind()) {
          case RELATION -> "The relation that it stands for.";
          case EXPRESSION -> "The expression that it stands for.";
          case COMMAND -> "The command that it asks for.";
        };
    return """

            /// %1$s
            ///
            /// # Errors
            ///
            /// Values that do not fit are refused.
            pub fn %2$s(self) -> graft_connect::Result<graft_connect::%3$s> {
                OPERATIONS.%2$s(Self::NAME, self.into_values())
            }
        """
        .formatted(what, node.snake(), node.pascal());
  }

  private String execution(Operation operation) {
    if (operation.kind() != OperationKind.COMMAND) {
      return "";
    }
    String what = operation.reply().isEmpty() ? "." : ", and reads what it answers.";
    String reply = operation.reply().map(names::type).orElse("graft_connect::Answer");
    String run = "session.execute(self.command()?).await";
    return """

            /// Runs the command to its end%s
            ///
            /// # Errors
            ///
            /// Values that do not fit are refused before anything is sent. Other errors are the server's.
        """
            .formatted(what)
        + Layout.signature(
            4,
            "pub async fn execute",
            List.of("self", "session: &graft_connect::Session"),
            ") -> graft_connect::Result<" + reply + "> {")
        + "        "
        + (operation.reply().isEmpty() ? run : "OPERATIONS.reply(" + run + "?)")
        + "\n    }\n";
  }
}
