package dev.graft.registry.report;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;

/** Values of the JDK as JSON: maps, collections, numbers, flags, and the texts of all else. */
public final class Json {
  private final StringBuilder out = new StringBuilder();

  private Json() {}

  /** Writes a value. */
  public static String of(Object value) {
    Json json = new Json();
    json.write(value);
    return json.out.toString();
  }

  private void write(Object value) {
    if (value instanceof Map<?, ?> map) {
      each(
          '{',
          map.entrySet(),
          entry -> {
            write(String.valueOf(entry.getKey()));
            out.append(':');
            write(entry.getValue());
          },
          '}');
    } else if (value instanceof Collection<?> values) {
      each('[', values, this::write, ']');
    } else if (value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else {
      text(String.valueOf(value));
    }
  }

  private <T> void each(char open, Iterable<T> values, Consumer<T> write, char close) {
    out.append(open);
    for (Iterator<T> all = values.iterator(); all.hasNext(); ) {
      write.accept(all.next());
      out.append(all.hasNext() ? "," : "");
    }
    out.append(close);
  }

  /** Everything but ASCII is escaped, so that no half of a pair is sent by itself. */
  private void text(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '"' || character == '\\') {
        out.append('\\').append(character);
      } else if (character < ' ' || character > '~') {
        out.append("\\u%04x".formatted((int) character));
      } else {
        out.append(character);
      }
    }
    out.append('"');
  }
}
