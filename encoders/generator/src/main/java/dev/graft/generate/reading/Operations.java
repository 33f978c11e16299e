package dev.graft.generate.reading;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.graft.annotations.Annotations;
import dev.graft.annotations.Kind;
import dev.graft.generate.error.GenerationException;
import dev.graft.generate.error.GenerationException.Code;
import dev.graft.generate.model.OperationKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which messages are operations, and of which kind. */
final class Operations {
  private final KindChoices choices;

  Operations(KindChoices choices) {
    this.choices = choices;
  }

  List<Descriptor> of(FileDescriptor file) {
    return DescriptorSet.all(file).stream().filter(message -> kind(message).isPresent()).toList();
  }

  /** Refuses a choice for a message that there is not. */
  void requireChosen(List<FileDescriptor> files) {
    Set<String> unknown = new TreeSet<>(choices.chosen().keySet());
    Set<String> known = new TreeSet<>();
    files.forEach(
        file -> DescriptorSet.all(file).forEach(message -> known.add(message.getFullName())));
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new GenerationException(
          Code.GRAFT_MESSAGE_UNKNOWN,
          "There is no message "
              + String.join(", ", unknown)
              + " in the sources. There are: "
              + String.join(", ", known)
              + ".");
    }
  }

  /** The kind of a message; empty if it is no operation. */
  Optional<OperationKind> kind(Descriptor message) {
    Optional<OperationKind> annotated = annotated(message);
    OperationKind chosen = choices.chosen().get(message.getFullName());
    if (annotated.isPresent()) {
      if (chosen != null && chosen != annotated.get()) {
        throw Refusals.refuse(
            Code.GRAFT_KIND_TWICE,
            message,
            "is annotated as "
                + annotated.get()
                + " and was given as "
                + chosen
                + ". Leave out the option of the command.");
      }
      return annotated;
    }
    if (chosen != null) {
      return Optional.of(chosen);
    }
    Set<OperationKind> found = choices.found().getOrDefault(message.getFullName(), Set.of());
    return found.size() == 1 ? found.stream().findFirst() : Optional.empty();
  }

  private static Optional<OperationKind> annotated(Descriptor message) {
    if (!message.getOptions().hasExtension(Annotations.operation)) {
      return Optional.empty();
    }
    Kind kind = message.getOptions().getExtension(Annotations.operation).getKind();
    return switch (kind) {
      case RELATION -> Optional.of(OperationKind.RELATION);
      case EXPRESSION -> Optional.of(OperationKind.EXPRESSION);
      case COMMAND -> Optional.of(OperationKind.COMMAND);
      case KIND_UNSPECIFIED -> Optional.empty();
      case UNRECOGNIZED ->
          throw Refusals.refuse(
              Code.GRAFT_ANNOTATION_INVALID,
              message,
              "is annotated with a kind that this Graft does not know. Use RELATION, EXPRESSION or"
                  + " COMMAND, or a newer Graft.");
    };
  }

  /** A line for each message that is neither an operation nor used by one. */
  List<String> notes(List<FileDescriptor> files, Set<String> used) {
    Set<String> seen = new HashSet<>();
    List<String> notes = new ArrayList<>();
    for (FileDescriptor file : files) {
      for (Descriptor message : file.getMessageTypes()) {
        if (kind(message).isPresent()
            || used.contains(message.getFullName())
            || !seen.add(message.getFullName())) {
          continue;
        }
        Set<OperationKind> found = choices.found().getOrDefault(message.getFullName(), Set.of());
        notes.add(
            message.getFullName()
                + " is left out: "
                + (found.isEmpty()
                    ? "it is not said what it is"
                    : "the jar has plugins of several kinds for it")
                + ". If it is an extension, annotate it with (graft.operation), or use"
                + " --relation, --expression or --command "
                + message.getFullName()
                + ".");
      }
    }
    return notes;
  }

  List<String> candidates(List<FileDescriptor> files) {
    return files.stream()
        .flatMap(file -> file.getMessageTypes().stream())
        .map(Descriptor::getFullName)
        .distinct()
        .toList();
  }
}
