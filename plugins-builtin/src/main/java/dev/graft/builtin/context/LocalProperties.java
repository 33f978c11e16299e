package dev.graft.builtin.context;

import dev.graft.builtin.option.OptionCheck;
import dev.graft.spi.PlanningException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The local properties that clients may set; none, unless the operator names some.
 *
 * @param names of them, in the operator's order
 */
record LocalProperties(List<String> names) {
  private static final String SETTING = "context.local-properties";
  private static final String PREFIX = "spark.";

  /** Spark's own notes for an operation, by which it is found, watched and interrupted. */
  private static final Set<String> SPARKS_OWN =
      Set.of("spark.job.tags", "spark.sql.execution.id", "spark.sql.execution.root.id");

  LocalProperties {
    names = List.copyOf(names);
  }

  static LocalProperties of(Map<String, String> settings) {
    List<String> names =
        Arrays.stream(settings.getOrDefault(SETTING, "").split(",", -1))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
    for (String name : names) {
      if (!name.startsWith(PREFIX) || SPARKS_OWN.contains(name)) {
        throw new PlanningException(
            "The server's setting "
                + SETTING
                + " names "
                + name
                + ". Its operator gives names that begin with spark., but for "
                + String.join(", ", SPARKS_OWN.stream().sorted().toList())
                + ".");
      }
    }
    return new LocalProperties(names);
  }

  void check(OptionCheck check, Map<String, String> properties) {
    properties.forEach(
        (name, value) -> {
          if (!names.contains(name)) {
            throw check.refusal(
                "local_properties",
                name,
                names.isEmpty()
                    ? "The server allows none: its operator names them in " + SETTING
                    : "The server allows " + String.join(", ", names));
          }
          Texts.check(check, "local_properties[" + name + "]", value);
        });
  }
}
