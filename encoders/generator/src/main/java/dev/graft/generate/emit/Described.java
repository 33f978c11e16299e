package dev.graft.generate.emit;

import dev.graft.generate.model.DefaultValue;
import dev.graft.generate.model.EnumDefinition;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Defaults, as documentation shows them. */
public final class Described {
  private Described() {}

  /**
   * A default for people to read.
   *
   * @param text what a text is shown as
   * @param bytes what bytes in base64 are shown as
   * @param constant what a value of an enum is shown as
   */
  public static String value(
      DefaultValue value,
      UnaryOperator<String> text,
      UnaryOperator<String> bytes,
      Function<EnumDefinition.Value, String> constant) {
    if (value instanceof DefaultValue.BooleanDefault it) {
      return String.valueOf(it.value());
    } else if (value instanceof DefaultValue.IntegerDefault it) {
      return it.value().toString();
    } else if (value instanceof DefaultValue.FloatingDefault it) {
      return String.valueOf(it.value());
    } else if (value instanceof DefaultValue.TextDefault it) {
      return text.apply(it.value());
    } else if (value instanceof DefaultValue.BytesDefault it) {
      return bytes.apply(it.base64());
    } else if (value instanceof DefaultValue.EnumDefault it) {
      return constant.apply(it.value());
    }
    throw new IllegalStateException("No text of " + value);
  }
}
