package dev.graft.benchmarks.operations;

import dev.graft.benchmarks.table.MarkdownTable;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was measured of all operations.
 *
 * @param ways in the order in which they were measured
 */
record OperationResults(List<Way> ways) {
  private static final String HEAD =
      """
      | operation | rows | Graft, s | best by hand, s | Graft / best by hand | which that is | others by hand, s |
      |:--|--:|--:|--:|--:|:--|:--|
      """;

  OperationResults {
    ways = List.copyOf(ways);
  }

  /** A row for each operation and number of rows, by operation. */
  String markdown() {
    MarkdownTable table = new MarkdownTable(HEAD);
    Map<String, Map<Integer, List<Way>>> contests =
        ways.stream()
            .collect(
                Collectors.groupingBy(
                    Way::operation,
                    LinkedHashMap::new,
                    Collectors.groupingBy(Way::rows, LinkedHashMap::new, Collectors.toList())));
    contests.values().forEach(sizes -> sizes.values().forEach(contest -> row(table, contest)));
    return table.toString();
  }

  private static void row(MarkdownTable table, List<Way> contest) {
    Way graft = contest.stream().filter(way -> !way.isByHand()).findFirst().orElseThrow();
    List<Way> byHand =
        contest.stream()
            .filter(Way::isByHand)
            .sorted(Comparator.comparingDouble(way -> way.seconds().median()))
            .toList();
    Way best = byHand.get(0);
    table.row(
        graft.operation(),
        MarkdownTable.cell(graft.rows()),
        graft.seconds().cell("%.2f"),
        best.seconds().cell("%.2f"),
        String.format(Locale.ROOT, "%.2f", graft.seconds().over(best.seconds())),
        best.byHand(),
        byHand.stream()
            .skip(1)
            .map(
                way -> String.format(Locale.ROOT, "%s: %.2f", way.byHand(), way.seconds().median()))
            .collect(Collectors.joining("; ")));
  }
}
