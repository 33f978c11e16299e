package dev.graft.registry.linkage;

import java.util.Objects;

/**
 * A reference that the running host cannot satisfy.
 *
 * @param reason what is wrong with the symbol
 * @param symbol the class, or the member with its class and parameters, as a person would write it
 * @param className the plugin's class that refers to it
 * @param line the line in that class's source; 0 where it is not known
 */
public record Mismatch(Reason reason, String symbol, String className, int line) {
  /** What is wrong with a symbol. */
  public enum Reason {
    /** There is no such class. */
    MISSING_CLASS("there is no class"),
    /** The class has no such method, neither itself nor inherited. */
    MISSING_METHOD("there is no method"),
    /** The class has no such field, neither itself nor inherited. */
    MISSING_FIELD("there is no field"),
    /** The plugin uses a static member that is not static in the host, or the reverse. */
    STATIC_CHANGED("static in one and not in the other:"),
    /** The plugin uses an interface that is a class in the host, or the reverse. */
    INTERFACE_CHANGED("an interface in one and a class in the other:"),
    /** The plugin's own class file is damaged. */
    UNREADABLE_CLASS("damaged is the class file of");

    private final String words;

    Reason(String words) {
      this.words = words;
    }
  }

  public Mismatch {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(symbol, "symbol");
    Objects.requireNonNull(className, "className");
  }

  /** One line for a person: what is missing and where it is used. */
  public String text() {
    return reason.words
        + " "
        + symbol
        + (reason == Reason.UNREADABLE_CLASS ? ", reached from " : ", used in ")
        + className
        + (line > 0 ? " line " + line : "");
  }
}
