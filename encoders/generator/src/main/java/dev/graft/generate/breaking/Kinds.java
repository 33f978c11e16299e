package dev.graft.generate.breaking;

import com.google.protobuf.Descriptors.Descriptor;
import dev.graft.annotations.Annotations;
import dev.graft.annotations.Operation;
import dev.graft.generate.model.OperationKind;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of messages that are extensions: by their annotations, or by the plugins of a
 * source.
 */
record Kinds(Map<String, Set<OperationKind>> old, Map<String, Set<OperationKind>> now) {
  static Operation annotation(Descriptor message) {
    return message.getOptions().getExtension(Annotations.operation);
  }

  Optional<OperationKind> before(Descriptor message) {
    return of(message, old);
  }

  Optional<OperationKind> after(Descriptor message) {
    return of(message, now);
  }

  private static Optional<OperationKind> of(
      Descriptor message, Map<String, Set<OperationKind>> plugins) {
    Optional<OperationKind> annotated =
        switch (annotation(message).getKind()) {
          case RELATION -> Optional.of(OperationKind.RELATION);
          case EXPRESSION -> Optional.of(OperationKind.EXPRESSION);
          case COMMAND -> Optional.of(OperationKind.COMMAND);
          case KIND_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    if (annotated.isPresent()) {
      return annotated;
    }
    Set<OperationKind> found = plugins.getOrDefault(message.getFullName(), Set.of());
    return found.size() == 1 ? found.stream().findFirst() : Optional.empty();
  }
}
