package dev.graft.generate.breaking;

import java.util.Objects;

/**
 * A change that breaks clients.
 *
 * @param element the full name of what has changed
 * @param file the name of the file where it stands now, or stood if it is gone
 * @param line where it begins in that file, from 1; 0 where the source does not tell, and for what
 *     is gone the line of the message that it was in
 * @param text what has changed and what it means, in sentences
 */
public record Finding(
    Rule rule, Effect effect, String element, String file, int line, String text) {
  public Finding {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(effect, "effect");
    Objects.requireNonNull(element, "element");
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(text, "text");
  }
}
