package dev.graft.generate.rust;

import dev.graft.generate.emit.LineBreaking;
import java.util.List;

/** Breaks lines where rustfmt does. */
final class Layout {
  private static final int WIDTH = 100;
  private static final int CALL_WIDTH = 60;
  private static final int CHAIN_WIDTH = 60;
  private static final int LITERAL_WIDTH = 18;

  private static final LineBreaking LISTS = new LineBreaking(WIDTH, 4);

  private Layout() {}

  /**
   * A function's first line, or lines.
   *
   * @param indent in blanks
   * @param head up to the parenthesis
   * @param tail from the other parenthesis on
   */
  static String signature(int indent, String head, List<String> parameters, String tail) {
    return LISTS.list(indent, head + "(", parameters, tail);
  }

  /** Calls of methods on what one returns. */
  record Chain(String root, List<Call> calls) {
    Chain {
      calls = List.copyOf(calls);
    }

    static Chain of(String text) {
      return new Chain(text, List.of());
    }

    private String line() {
      StringBuilder line = new StringBuilder(root);
      calls.forEach(call -> line.append(call.line()));
      return line.toString();
    }
  }

  /**
   * A call of a method.
   *
   * @param name with what it says of types
   */
  record Call(String name, List<String> arguments) {
    Call {
      arguments = List.copyOf(arguments);
    }

    static Call of(String name, String... arguments) {
      return new Call(name, List.of(arguments));
    }

    private String line() {
      return "." + name + "(" + String.join(", ", arguments) + ")";
    }

    private String text(int indent, int behind) {
      boolean fits =
          String.join(", ", arguments).length() <= CALL_WIDTH
              && indent + line().length() + behind <= WIDTH;
      return fits || arguments.isEmpty()
          ? line()
          : "."
              + name
              + "(\n"
              + LineBreaking.each(indent + 4, arguments)
              + " ".repeat(indent)
              + ")";
    }
  }

  /** A chain between what stands before it on its line and behind it. */
  static String chain(int indent, String before, Chain chain, String after) {
    String margin = " ".repeat(indent);
    String line = margin + before + chain.line() + after;
    boolean few = chain.calls().size() < 2 || chain.line().length() <= CHAIN_WIDTH;
    if (few && line.length() <= WIDTH) {
      return line + "\n";
    }
    StringBuilder text = new StringBuilder(margin).append(before).append(chain.root());
    int next = 0;
    // A root that ends where the calls would begin has the first of them beside it.
    if (before.length() + chain.root().length() <= 4 && !chain.calls().isEmpty()) {
      text.append(chain.calls().get(next++).line());
    }
    for (; next < chain.calls().size(); next++) {
      int behind = next == chain.calls().size() - 1 ? after.length() : 0;
      text.append('\n')
          .append(margin)
          .append("    ")
          .append(chain.calls().get(next).text(indent + 4, behind));
    }
    return text.append(after).append('\n').toString();
  }

  /** A value that is given a name, on the next line where this one is too short for it. */
  static String assignment(int indent, String before, String value) {
    String line = " ".repeat(indent) + before + " " + value + ";\n";
    return line.length() <= WIDTH + 1
        ? line
        : " ".repeat(indent) + before + "\n" + " ".repeat(indent + 4) + value + ";\n";
  }

  /** An arm of a match. */
  static String arm(int indent, String pattern, String value) {
    String line = " ".repeat(indent) + pattern + " => " + value + ",\n";
    return line.length() <= WIDTH + 1
        ? line
        : " ".repeat(indent)
            + pattern
            + " => {\n"
            + " ".repeat(indent + 4)
            + value
            + "\n"
            + " ".repeat(indent)
            + "}\n";
  }

  /** An arm of a match that is a call of a method. */
  static String arm(int indent, String pattern, String root, Call call) {
    return String.join(", ", call.arguments()).length() <= CALL_WIDTH
        ? arm(indent, pattern, root + call.line())
        : " ".repeat(indent) + pattern + " => " + root + call.text(indent, 1) + ",\n";
  }

  /**
   * A literal of the struct that a method is of.
   *
   * @param line the members on one line
   * @param lines the members on lines of their own
   */
  static String self(int indent, String line, String lines) {
    String margin = " ".repeat(indent);
    return line.length() <= LITERAL_WIDTH
        ? margin + "Self { " + line + " }\n"
        : margin + "Self {\n" + lines + margin + "}\n";
  }

  /**
   * An item of a module. One with a line that is too long, and that rustfmt would break in ways of
   * its own, is marked to be left alone.
   *
   * @param documentation of it, and its attributes; may be empty
   */
  static String item(String documentation, String text) {
    boolean tooLong =
        text.lines()
            .anyMatch(line -> line.length() > WIDTH && !line.stripLeading().startsWith("///"));
    return documentation + (tooLong ? "#[rustfmt::skip]\n" : "") + text;
  }
}
