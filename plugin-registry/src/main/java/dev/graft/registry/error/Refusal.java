package dev.graft.registry.error;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Something that was not loaded when the server started, and why.
 *
 * @param subject the class name, jar or setting it is about
 * @param code the stable code
 * @param text what happened, where, why and what to do
 * @param required whether the configuration says that the server must not start without it
 */
public record Refusal(String subject, ErrorCode code, String text, boolean required) {
  /** All but the last part of a path of this machine. */
  private static final Pattern PATH = Pattern.compile("(?<![\\w./:])/(?:[^\\s/:'\"]+/)+");

  public Refusal {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(text, "text");
  }

  /** The text, with of each path in it only the last part. */
  public String textForClients() {
    return PATH.matcher(text).replaceAll("");
  }

  /**
   * What it is about, for texts that clients see: of a jar or folder only the last part, since
   * clients need not know where a server keeps its files.
   */
  public String subjectForClients() {
    return PathText.lastPart(subject);
  }
}
