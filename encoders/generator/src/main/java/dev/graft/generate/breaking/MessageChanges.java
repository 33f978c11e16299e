package dev.graft.generate.breaking;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import dev.graft.annotations.Annotations;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares the fields of one message. */
record MessageChanges(Findings findings, Descriptor old, Descriptor now) {
  void compare() {
    Map<String, String> renamed = oneofs();
    for (FieldDescriptor field : old.getFields()) {
      FieldDescriptor same = now.findFieldByNumber(field.getNumber());
      if (same == null) {
        gone(field);
      } else {
        new FieldChanges(findings, field, same, renamed).compare();
      }
    }
    now.getFields().stream()
        .filter(field -> old.findFieldByNumber(field.getNumber()) == null)
        .forEach(this::added);
    String unreserved = Reserved.of(old).lost(Reserved.of(now));
    if (!unreserved.isEmpty()) {
      findings.at(
          now,
          Rule.RESERVED_MESSAGE_NO_DELETE,
          Effect.WIRE,
          "%s was reserved in %s and is free. A field of it would get what old clients mean by it."
              .formatted(unreserved, old.getFullName()));
    }
    String closed = Reserved.extensions(old).lost(Reserved.extensions(now));
    if (!closed.isEmpty()) {
      findings.at(
          now,
          Rule.EXTENSION_MESSAGE_NO_DELETE,
          Effect.WIRE,
          "%s of %s was open for protobuf's extensions and is not. Servers with the new plugin refuse clients that send one (GRAFT_EXTENSION_NEWER)."
              .formatted(closed, old.getFullName()));
    }
    if (ignores(old) && !ignores(now)) {
      findings.at(
          now,
          Rule.MESSAGE_SAME_IGNORES_UNKNOWN_FIELDS,
          Effect.WIRE,
          "Unknown fields of %s were ignored; servers with the new plugin refuse clients that send one (GRAFT_EXTENSION_NEWER)."
              .formatted(old.getFullName()));
    }
  }

  static boolean ignores(Descriptor message) {
    return message.getOptions().getExtension(Annotations.ignoresUnknownFields);
  }

  /** The oneofs that are gone; of those with the same fields under another name, that name. */
  private Map<String, String> oneofs() {
    Map<String, String> renamed = new HashMap<>();
    for (OneofDescriptor oneof : old.getRealOneofs()) {
      List<OneofDescriptor> there = now.getRealOneofs();
      if (there.stream().anyMatch(each -> each.getName().equals(oneof.getName()))) {
        continue;
      }
      String name =
          there.stream()
              .filter(each -> numbers(each).equals(numbers(oneof)))
              .map(OneofDescriptor::getName)
              .findFirst()
              .orElse("");
      if (!name.isEmpty()) {
        renamed.put(oneof.getName(), name);
      }
      findings.goneFrom(
          now,
          oneof,
          Rule.ONEOF_NO_DELETE,
          Effect.SOURCE,
          "Oneof %s of %s is gone%s; programs use its name."
              .formatted(
                  oneof.getName(),
                  old.getFullName(),
                  name.isEmpty() ? "" : ", or called " + name + " now"));
    }
    return renamed;
  }

  private static Set<Integer> numbers(OneofDescriptor oneof) {
    Set<Integer> numbers = new HashSet<>();
    oneof.getFields().forEach(field -> numbers.add(field.getNumber()));
    return numbers;
  }

  private void gone(FieldDescriptor field) {
    FieldDescriptor namesake = now.findFieldByName(field.getName());
    String what =
        namesake != null
            ? "Field %s of %s had the number %d and has %d."
                .formatted(
                    field.getName(), old.getFullName(), field.getNumber(), namesake.getNumber())
            : "Field %d (%s) of %s is gone."
                .formatted(field.getNumber(), field.getName(), old.getFullName());
    boolean reserved = Reserved.of(now).has(field.getNumber());
    String effect =
        ignores(now)
            ? " What old clients send in it is left out, since the message ignores unknown fields."
            : " Servers with the new plugin refuse clients that send it (GRAFT_EXTENSION_NEWER).";
    String advice =
        reserved
            ? ""
            : namesake != null
                ? " Keep the number."
                : " Its number may come back with another meaning: reserved %d; reserved \"%s\";"
                    .formatted(field.getNumber(), field.getName());
    findings.goneFrom(
        now,
        field,
        Rule.FIELD_NO_DELETE,
        ignores(now) && reserved ? Effect.SOURCE : Effect.WIRE,
        what + effect + advice);
  }

  private void added(FieldDescriptor field) {
    if (field.isRequired() || FieldChanges.isRequired(field)) {
      findings.at(
          field,
          field.isRequired() ? Rule.MESSAGE_SAME_REQUIRED_FIELDS : Rule.ARGUMENT_SAME_REQUIRED,
          Effect.WIRE,
          "Field %d (%s) of %s is new and required, and old clients do not send it. Make it optional, with a default that means what they got."
              .formatted(field.getNumber(), field.getName(), now.getFullName()));
    }
    if (!ignores(old)) {
      findings.added(
          "field %d (%s) of %s".formatted(field.getNumber(), field.getName(), now.getFullName()));
    }
  }
}
