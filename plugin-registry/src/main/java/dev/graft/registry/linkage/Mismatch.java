package dev.graft.registry.linkage;

import java.util.Objects;

/**
 * A reference that cannot be satisfied.
 *
 * @param reason what is wrong with the symbol
 * @param symbol the class, or the member with its class and parameters, as a person would write it
 * @param owner the full name of the class that the symbol is or belongs to
 * @param source who should have it
 * @param className the plugin's class that refers to it
 * @param line the line in that class's source; 0 where it is not known
 */
public record Mismatch(
    Reason reason, String symbol, String owner, Source source, String className, int line) {
  /** Where a class comes from. */
  public enum Source {
    /** From above the plugin: the engine, the waist or the realm. */
    SERVER,
    /** From the plugin's own jars, or the JDK where they don't have it. */
    JARS
  }

  /** What is wrong with a symbol. */
  public enum Reason {
    /** There is no such class. */
    MISSING_CLASS("there is no class", "used in"),
    /** The class has no such method, neither itself nor inherited. */
    MISSING_METHOD("there is no method", "used in"),
    /** The class has no such field, neither itself nor inherited. */
    MISSING_FIELD("there is no field", "used in"),
    /** The class or member is private, or for its own package. */
    UNREACHABLE("not public is", "used in"),
    /** The plugin makes an object of a class of which there can be none. */
    ABSTRACT_CLASS("abstract is", "of which an object is made in"),
    /** The plugin uses a static member that is not static in the host, or the reverse. */
    STATIC_CHANGED("static in one and not in the other:", "used in"),
    /** The plugin uses an interface that is a class in the host, or the reverse. */
    INTERFACE_CHANGED("an interface in one and a class in the other:", "used in"),
    /** A class of the plugin inherits an abstract method that nobody implements. */
    UNIMPLEMENTED("not implemented is", "wanted of"),
    /** The plugin's own class file is damaged. */
    UNREADABLE_CLASS("damaged is the class file of", "reached from");

    private final String words;
    private final String where;

    Reason(String words, String where) {
      this.words = words;
      this.where = where;
    }

    /** Whether there is nothing where the plugin looks for something. */
    public boolean isAbsence() {
      return this == MISSING_CLASS || this == MISSING_METHOD || this == MISSING_FIELD;
    }
  }

  public Mismatch {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(symbol, "symbol");
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(className, "className");
  }

  /** One line for a person: what is missing and where it is used. */
  public String text() {
    return reason.words
        + " "
        + symbol
        + ", "
        + reason.where
        + " "
        + className
        + (line > 0 ? " line " + line : "");
  }
}
