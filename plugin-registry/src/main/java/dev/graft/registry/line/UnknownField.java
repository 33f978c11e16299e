package dev.graft.registry.line;

import java.util.Objects;

/**
 * A field, or a value of an enum, that a line does not know.
 *
 * @param name the field's full name, for example {@code spark.connect.Expression.Cast.eval_mode}
 * @param value the name of the enum's value, where the field is known and its value is not;
 *     otherwise empty
 * @param path the fields that lead to it from the message that was looked at, for example {@code
 *     project.expressions.cast.eval_mode}; of a long one, the end
 * @param since the first line that knows it
 */
public record UnknownField(String name, String value, String path, ConnectLine since) {
  public UnknownField {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(since, "since");
  }

  /** What it is, in words for a message. */
  public String describe() {
    return value.isEmpty() ? name : "the value " + value + " of " + name;
  }
}
