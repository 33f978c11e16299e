package dev.graft.generate.go;

import dev.graft.generate.model.Operation;

/** Writes an operation: its struct, and the methods that give what it stands for. */
final class OperationWriter {
  private final GoNames names;
  private final GoTypes types;

  OperationWriter(GoNames names, GoTypes types) {
    this.names = names;
    this.types = types;
  }

  String write(Operation operation) {
    String type = names.type(operation);
    return new TypeWriter(names, types).write(operation)
        + switch (operation.kind()) {
          case RELATION -> conversion(type, "Relation", "the relation that it stands for");
          case EXPRESSION -> conversion(type, "Expression", "the expression that it stands for");
          case COMMAND ->
              conversion(type, "Command", "the command that it asks for") + execution(operation);
        };
  }

  private static String conversion(String type, String kind, String what) {
    return """

        // %2$s gives %3$s. Values that do not fit are refused.
        func (m %1$s) %2$s() (graft.%2$s, error) {
        	return operations.%2$s(m.GraftValues())
        }
        """
        .formatted(type, kind, what);
  }

  private String execution(Operation operation) {
    types.use("context");
    String type = names.type(operation);
    if (operation.reply().isEmpty()) {
      return """

          // Execute runs the command to its end.
          func (m %s) Execute(ctx context.Context, session *graft.Session) (graft.Answer, error) {
          	return session.Execute(ctx, m)
          }
          """
          .formatted(type);
    }
    String reply = names.type(operation.reply().get());
    return """

        // Execute runs the command to its end, and reads what it answers.
        func (m %1$s) Execute(ctx context.Context, session *graft.Session) (%2$s, error) {
        	answer, err := session.Execute(ctx, m)
        	if err != nil {
        		return %2$s{}, err
        	}
        	values, err := operations.Reply(%3$s, answer)
        	if err != nil {
        		return %2$s{}, err
        	}
        	return decode%2$s(values), nil
        }
        """
        .formatted(type, reply, GoLiterals.text(operation.reply().get()));
  }
}
