package dev.graft.benchmarks.attacks;

import dev.graft.benchmarks.table.MarkdownTable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was measured.
 *
 * @param harms of each attack
 * @param aftermaths of each gateway, by its name
 */
record AttackResults(List<Harm> harms, Map<String, Aftermath> aftermaths) {
  AttackResults {
    harms = List.copyOf(harms);
    aftermaths = new TreeMap<>(aftermaths);
  }

  /** Whether all is as wanted. */
  boolean met() {
    return harms.stream().allMatch(Harm::met)
        && aftermaths.values().stream().allMatch(Aftermath::clean);
  }

  /** The tables in Markdown. */
  String markdown() {
    return harmTable() + "\n" + aftermathTable();
  }

  private String harmTable() {
    MarkdownTable table =
        new MarkdownTable(
            """
            | attack | p99 before, ms | during, ms | after, ms | during / before | after / before | calls that failed | met |
            |:--|--:|--:|--:|--:|--:|--:|:--|
            """);
    for (Harm harm : harms) {
      table.row(
          harm.name(),
          number(harm.before().p99()),
          number(harm.during().p99()),
          number(harm.after().p99()),
          number(harm.ratioDuring()),
          number(harm.ratioAfter()),
          Integer.toString(harm.failures().size()),
          harm.met() ? "yes" : "no");
    }
    return table.toString();
  }

  private String aftermathTable() {
    MarkdownTable table =
        new MarkdownTable(
            """
            | gateway | when | live heap, MB | direct memory, MB | threads | descriptors | streams | lowering tasks |
            |:--|:--|--:|--:|--:|--:|--:|--:|
            """);
    StringBuilder left = new StringBuilder();
    aftermaths.forEach(
        (name, aftermath) -> {
          table.row(name, "before", String.join(" | ", aftermath.before().cells()));
          table.row(name, "after", String.join(" | ", aftermath.after().cells()));
          if (!aftermath.left().isEmpty()) {
            left.append("Left in the ").append(name).append(": ").append(aftermath.left());
            left.append('\n');
          }
          for (String error : aftermath.outOfMemory()) {
            left.append("In the log of the ").append(name).append(": ").append(error).append('\n');
          }
        });
    return table.toString() + left;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
