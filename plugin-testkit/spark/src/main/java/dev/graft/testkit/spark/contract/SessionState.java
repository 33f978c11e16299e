package dev.graft.testkit.spark.contract;

import dev.graft.api.node.Nodes;
import dev.graft.testkit.Server;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The state of a session, as far as a client can see it.
 *
 * @param parts by their titles
 */
record SessionState(Map<String, String> parts) {
  private static final Map<String, String> QUERIES =
      Map.of(
          "its configuration", "SET",
          "its tables and views", "SHOW TABLES",
          "its functions", "SHOW USER FUNCTIONS",
          "its current schema", "SELECT current_catalog(), current_schema()");

  SessionState {
    parts = Map.copyOf(parts);
  }

  /**
   * The state now.
   *
   * @param ofPlugin what else the plugin could change
   */
  static SessionState of(Server server, Object ofPlugin) {
    Map<String, String> parts = new TreeMap<>();
    QUERIES.forEach((title, query) -> parts.put(title, rows(server, query)));
    parts.put("what state() tells", String.valueOf(ofPlugin));
    return new SessionState(parts);
  }

  private static String rows(Server server, String query) {
    List<String> rows =
        server.rows(Nodes.sql(query).build()).stream().map(RowText::of).sorted().toList();
    return String.join("\n", rows);
  }

  /** What differs in another state, in words; empty if nothing does. */
  String changesTo(SessionState after) {
    StringBuilder changes = new StringBuilder();
    new TreeMap<>(parts)
        .forEach(
            (title, before) -> {
              String now = after.parts.getOrDefault(title, "");
              if (!now.equals(before)) {
                changes.append(title).append(" from\n").append(lines(before, now));
                changes.append("to\n").append(lines(now, before));
              }
            });
    return changes.toString();
  }

  /** The lines that the other text does not have. */
  private static String lines(String text, String other) {
    List<String> others = other.lines().toList();
    StringBuilder lines = new StringBuilder();
    text.lines()
        .filter(line -> !others.contains(line))
        .forEach(line -> lines.append("  ").append(line).append('\n'));
    return lines.toString();
  }
}
