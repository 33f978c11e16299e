package dev.graft.generate.breaking;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.graft.generate.reading.DescriptorSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares the messages and enums of one file with those of the same names.
 *
 * @param lone whether there is one file on each side, which are the same whatever they are called
 * @param next the files that are there now
 * @param messages theirs, by full name
 * @param enums theirs, by full name
 * @param used the messages that were types of fields, by full name
 */
record FileChanges(
    Findings findings,
    Kinds kinds,
    boolean lone,
    List<FileDescriptor> next,
    Map<String, Descriptor> messages,
    Map<String, EnumDescriptor> enums,
    Set<String> used) {
  void compare(FileDescriptor file) {
    Optional<FileDescriptor> same = next.stream().filter(each -> isSame(file, each)).findFirst();
    if (same.isPresent() && !same.get().getPackage().equals(file.getPackage()) && isGone(file)) {
      findings.ofFile(
          same.get(),
          Rule.FILE_SAME_PACKAGE,
          Effect.WIRE,
          "The package was %s and is %s, so that each message has another name. Servers with the new plugin refuse the old names (GRAFT_EXTENSION_UNKNOWN). Keep the package, or leave a plugin for the old one beside the new."
              .formatted(file.getPackage(), same.get().getPackage()));
      return;
    }
    same.filter(
            each -> !each.getOptions().getJavaPackage().equals(file.getOptions().getJavaPackage()))
        .ifPresent(
            each ->
                findings.ofFile(
                    each,
                    Rule.FILE_SAME_JAVA_PACKAGE,
                    Effect.SOURCE,
                    "java_package was '%s' and is '%s', and that of generated clients with it."
                        .formatted(
                            file.getOptions().getJavaPackage(),
                            each.getOptions().getJavaPackage())));
    file.getMessageTypes().forEach(this::compare);
    file.getEnumTypes().forEach(this::compare);
  }

  /** Whether generated clients of both are the same module: it is named after the file. */
  private boolean isSame(FileDescriptor old, FileDescriptor now) {
    return lone || baseName(old).equals(baseName(now));
  }

  private static String baseName(FileDescriptor file) {
    return file.getName().substring(file.getName().lastIndexOf('/') + 1);
  }

  private boolean isGone(FileDescriptor file) {
    return DescriptorSet.all(file).stream()
        .noneMatch(each -> messages.containsKey(each.getFullName()));
  }

  private void compare(Descriptor old) {
    if (old.getOptions().getMapEntry()) {
      return; // the field that has it is compared
    }
    Descriptor now = messages.get(old.getFullName());
    if (now == null) {
      gone(old);
      return;
    }
    if (old.getContainingType() == null && !isSame(old.getFile(), now.getFile())) {
      findings.at(
          now,
          Rule.MESSAGE_NO_DELETE,
          Effect.SOURCE,
          "Message %s stood in %s and stands in %s, and generated clients of it in another module."
              .formatted(old.getFullName(), old.getFile().getName(), now.getFile().getName()));
    }
    new MessageChanges(findings, old, now).compare();
    new OperationChanges(findings, kinds, old, now).compare();
    old.getNestedTypes().forEach(this::compare);
    old.getEnumTypes().forEach(this::compare);
  }

  private void gone(Descriptor old) {
    boolean isNamed =
        kinds.before(old).isPresent()
            || (old.getContainingType() == null && !used.contains(old.getFullName()));
    String gone =
        "Message "
            + old.getFullName()
            + " is gone"
            + renamed(old).map(name -> ", or called " + name + " now").orElse("")
            + ". ";
    findings.gone(
        old,
        Rule.MESSAGE_NO_DELETE,
        isNamed ? Effect.WIRE : Effect.SOURCE,
        isNamed
            ? gone
                + "Clients send its name: servers with the new plugin refuse it (GRAFT_EXTENSION_UNKNOWN)."
            : gone + "Its name is not sent, but programs use it.");
  }

  /** A new message beside it with the same fields. */
  private Optional<String> renamed(Descriptor old) {
    List<Descriptor> beside = new ArrayList<>();
    if (old.getContainingType() == null) {
      next.stream()
          .filter(file -> file.getPackage().equals(old.getFile().getPackage()))
          .forEach(file -> beside.addAll(file.getMessageTypes()));
    } else if (messages.get(old.getContainingType().getFullName()) != null) {
      beside.addAll(messages.get(old.getContainingType().getFullName()).getNestedTypes());
    }
    return beside.stream()
        .filter(each -> old.getFile().findMessageTypeByName(each.getName()) == null)
        .filter(each -> !each.getFields().isEmpty() && fields(each).equals(fields(old)))
        .map(Descriptor::getName)
        .findFirst();
  }

  private static List<String> fields(Descriptor message) {
    return message.getFields().stream()
        .map(field -> field.getNumber() + field.getName() + FieldTypes.name(field))
        .sorted()
        .toList();
  }

  private void compare(EnumDescriptor old) {
    EnumDescriptor now = enums.get(old.getFullName());
    if (now == null) {
      findings.gone(
          old,
          Rule.ENUM_NO_DELETE,
          Effect.SOURCE,
          "Enum "
              + old.getFullName()
              + " is gone, or has another name. Its name is not sent, but programs use it.");
    } else {
      new EnumChanges(findings, old, now).compare();
    }
  }
}
