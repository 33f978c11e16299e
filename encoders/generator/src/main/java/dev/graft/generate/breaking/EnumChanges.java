package dev.graft.generate.breaking;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares the values of one enum. */
record EnumChanges(Findings findings, EnumDescriptor old, EnumDescriptor now) {
  void compare() {
    if (old.isClosed() != now.isClosed()) {
      findings.at(
          now,
          Rule.ENUM_SAME_TYPE,
          Effect.WIRE,
          now.isClosed()
              ? "Enum %s was open and is closed. Servers with the new plugin refuse values that it does not have (GRAFT_EXTENSION_NEWER)."
                  .formatted(old.getFullName())
              : "Enum %s was closed and is open. The plugin gets values that it does not have as numbers."
                  .formatted(old.getFullName()));
    }
    Map<Integer, Set<String>> there = names(now);
    Reserved reserved = Reserved.of(now);
    names(old)
        .forEach(
            (number, names) -> {
              Set<String> others = there.get(number);
              if (others == null) {
                gone(number, names, reserved);
              } else if (!others.containsAll(names)) {
                renamed(number, names, others);
              }
            });
    if (now.isClosed()) {
      there.forEach(
          (number, names) -> {
            if (old.findValueByNumber(number) == null) {
              findings.added(
                  "value %d (%s) of %s"
                      .formatted(number, String.join(", ", names), now.getFullName()));
            }
          });
    }
    String unreserved = Reserved.of(old).lost(reserved);
    if (!unreserved.isEmpty()) {
      findings.at(
          now,
          Rule.RESERVED_ENUM_NO_DELETE,
          Effect.WIRE,
          "%s was reserved in %s and is free. A value of it would get what old clients mean by it."
              .formatted(unreserved, old.getFullName()));
    }
  }

  /** The names of each number; there are several where the file allows it. */
  private static Map<Integer, Set<String>> names(EnumDescriptor type) {
    Map<Integer, Set<String>> names = new LinkedHashMap<>();
    for (EnumValueDescriptor value : type.getValues()) {
      names
          .computeIfAbsent(value.getNumber(), unused -> new LinkedHashSet<>())
          .add(value.getName());
    }
    return names;
  }

  private void gone(int number, Set<String> names, Reserved reserved) {
    String name = String.join(", ", names);
    List<EnumValueDescriptor> namesakes =
        now.getValues().stream().filter(value -> names.contains(value.getName())).toList();
    String what =
        namesakes.isEmpty()
            ? "Value %d (%s) of %s is gone.".formatted(number, name, old.getFullName())
            : "Value %s of %s had the number %d and has %d."
                .formatted(name, old.getFullName(), number, namesakes.get(0).getNumber());
    String effect =
        now.isClosed()
            ? " Servers with the new plugin refuse clients that send it (GRAFT_EXTENSION_NEWER)."
            : " The plugin gets a number without a name from old clients.";
    String advice =
        reserved.has(number)
            ? ""
            : namesakes.isEmpty()
                ? " Its number may come back with another meaning: reserved %d; reserved \"%s\";"
                    .formatted(number, String.join("\", \"", names))
                : " Keep the number.";
    findings.goneFrom(
        now,
        old.findValueByNumber(number),
        Rule.ENUM_VALUE_NO_DELETE,
        Effect.WIRE,
        what + effect + advice);
  }

  private void renamed(int number, Set<String> names, Set<String> others) {
    findings.at(
        now.findValueByNumber(number),
        Rule.ENUM_VALUE_SAME_NAME,
        Effect.SOURCE,
        "Value %d (%s) of %s is called %s now. Programs use the name, and so does JSON. If it is another value, give it another number."
            .formatted(
                number, String.join(", ", names), old.getFullName(), String.join(", ", others)));
  }
}
