package dev.graft.generate.typescript;

import java.util.List;

/**
 * A type as it is written.
 *
 * @param name what stands before the arguments
 * @param arguments empty if it is not generic
 */
record TypeText(String name, List<String> arguments) {
  TypeText {
    arguments = List.copyOf(arguments);
  }

  static TypeText of(String name) {
    return new TypeText(name, List.of());
  }

  String text() {
    return arguments.isEmpty() ? name : name + "<" + String.join(", ", arguments) + ">";
  }

  /** On several lines where it can be: prettier never breaks a single simple argument. */
  String broken(int indent) {
    if (arguments.size() < 2) {
      return text();
    }
    String margin = "\n" + " ".repeat(indent);
    return name + "<" + margin + "  " + String.join("," + margin + "  ", arguments) + margin + ">";
  }
}
