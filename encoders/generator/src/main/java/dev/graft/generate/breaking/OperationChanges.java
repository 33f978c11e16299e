package dev.graft.generate.breaking;

import com.google.protobuf.Descriptors.Descriptor;
import dev.graft.annotations.Operation;
import dev.graft.generate.model.Name;
import dev.graft.generate.model.OperationKind;
import java.util.Locale;
import java.util.Optional;

/** Compares what annotations say of one message as an extension. */
record OperationChanges(Findings findings, Kinds kinds, Descriptor old, Descriptor now) {
  void compare() {
    Optional<OperationKind> before = kinds.before(old);
    Optional<OperationKind> after = kinds.after(now);
    Operation annotated = Kinds.annotation(old);
    Operation annotation = Kinds.annotation(now);
    if (before.isEmpty()) {
      return; // it was none, or a plugin decides what it is, and nobody knows that here
    }
    if (after.isEmpty()) {
      if (annotated.getKind() != annotation.getKind()) {
        find(
            Rule.OPERATION_NO_DELETE,
            Effect.SOURCE,
            "is not said to be "
                + word(before.get())
                + " any more, and clients have no function for it.");
        return;
      }
    } else if (!before.equals(after)) {
      find(
          Rule.OPERATION_SAME_KIND,
          Effect.WIRE,
          "was "
              + word(before.get())
              + " and is "
              + word(after.get())
              + ". Old clients send it where servers with the new plugin refuse it (GRAFT_EXTENSION_UNKNOWN).");
    }
    if (!name(old).equals(name(now))) {
      find(
          Rule.OPERATION_SAME_NAME,
          Effect.SOURCE,
          "was called %s in clients and is called %s.".formatted(name(old), name(now)));
    }
    if (!annotated.getReply().equals(annotation.getReply())) {
      find(
          Rule.OPERATION_SAME_REPLY,
          Effect.WIRE,
          "was answered with %s and is answered with %s, which old clients refuse or do not read."
              .formatted(reply(annotated), reply(annotation)));
    }
    if (annotated.getRows() != annotation.getRows()) {
      find(
          Rule.OPERATION_SAME_ROWS,
          annotated.getRows() ? Effect.WIRE : Effect.SOURCE,
          annotated.getRows()
              ? "was always answered with rows and is not any more; old clients refuse anything else."
              : "is always answered with rows now; generated clients give these in another way.");
    }
  }

  private static String reply(Operation operation) {
    return operation.getReply().isEmpty() ? "no message" : operation.getReply();
  }

  private static String name(Descriptor message) {
    String annotated = Kinds.annotation(message).getName();
    return annotated.isEmpty() ? String.join("_", Name.of(message.getName()).words()) : annotated;
  }

  private static String word(OperationKind kind) {
    String word = kind.name().toLowerCase(Locale.ROOT);
    return kind == OperationKind.EXPRESSION ? "an " + word : "a " + word;
  }

  private void find(Rule rule, Effect effect, String predicate) {
    findings.at(now, rule, effect, "Message " + old.getFullName() + " " + predicate);
  }
}
