package dev.graft.spi;

import java.util.Objects;

/**
 * Says that a host has no way to learn the schema of a relation. It says nothing about the
 * relation: a plugin that can do without the schema may catch this and go on. Uncaught, it reaches
 * the client under the code {@value #CODE}.
 */
public final class SchemaUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The stable code of this refusal. */
  public static final String CODE = "GRAFT_SCHEMA_UNAVAILABLE";

  private final String text;

  /**
   * Makes an exception for a host.
   *
   * @param hostName see {@link HostContext#hostName}
   */
  public SchemaUnavailableException(String hostName) {
    this(
        hostName,
        "Run the plugin in Spark Connect or in the gateway, or give a test's host the schemas that it is to tell.");
  }

  /**
   * Makes an exception with a further sentence.
   *
   * @param hostName see {@link HostContext#hostName}
   * @param more why, or what to do: a sentence
   */
  public SchemaUnavailableException(String hostName, String more) {
    super("[" + CODE + "] " + text(hostName, more));
    this.text = text(hostName, more);
  }

  private static String text(String hostName, String more) {
    return "The host '"
        + Objects.requireNonNull(hostName, "hostName")
        + "' cannot tell the schema of a relation. "
        + Objects.requireNonNull(more, "more");
  }

  /** The message without the code in front of it. */
  public String text() {
    return text;
  }
}
