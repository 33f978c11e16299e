package dev.graft.registry.admin;

import java.util.LinkedHashMap;
import java.util.Map;

/** Maps in the order in which they are written. */
final class Values {
  private Values() {}

  /** Names and values, in turns. */
  static Map<String, Object> of(Object... namesAndValues) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return values;
  }
}
