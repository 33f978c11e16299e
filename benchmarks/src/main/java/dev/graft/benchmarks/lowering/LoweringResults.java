package dev.graft.benchmarks.lowering;

import static dev.graft.benchmarks.table.MarkdownTable.cell;
import static dev.graft.benchmarks.table.MarkdownTable.ratio;

import dev.graft.benchmarks.table.MarkdownTable;
import dev.graft.benchmarks.table.Timing;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What was measured of lowering, and its tables. Not safe for use by several threads. */
final class LoweringResults {
  private static final String PLANS =
      """
      | plan | byte search | Graft | protobuf-java | protobuf-java / Graft |
      |:--|:--|--:|--:|--:|
      """;

  private static final String NESTING =
      """
      | levels | in answers, per level | / that of 10 | in messages, per level | / that of 10 |
      |--:|--:|--:|--:|--:|
      """;

  private record Walked(Shape shape, Search search) {}

  private final Map<Walked, Map<String, Timing>> walks = new HashMap<>();
  private final Map<String, Timing> splice = new HashMap<>();

  /** By level, the time of one of them. */
  private final Map<Integer, Map<String, Timing>> nesting = new TreeMap<>();

  /** Adds what a method of {@link WalkBenchmark} took. */
  void addWalk(String method, Shape shape, Search search, Timing timing) {
    walks.computeIfAbsent(new Walked(shape, search), walked -> new HashMap<>()).put(method, timing);
  }

  /** Adds what a method of {@link SpliceBenchmark} took. */
  void addSplice(String method, Timing timing) {
    splice.put(method, timing);
  }

  /** Adds what a method of {@link NestingBenchmark} took for all levels. */
  void addNesting(String method, int levels, Timing timing) {
    nesting.computeIfAbsent(levels, any -> new HashMap<>()).put(method, timing.dividedBy(levels));
  }

  /** Two tables in Markdown, all times in nanoseconds; what was not measured is left empty. */
  String markdown() {
    return plans() + "\n" + nesting();
  }

  private MarkdownTable plans() {
    MarkdownTable table = new MarkdownTable(PLANS);
    for (Shape shape : Shape.values()) {
      for (Search search : Search.values()) {
        append(
            table,
            shape.label(),
            search.label(),
            walks.getOrDefault(new Walked(shape, search), Map.of()));
      }
    }
    append(table, Shape.EXPRESSIONS.label() + ", one extension", "finds the extension", splice);
    return table;
  }

  private static void append(
      MarkdownTable table, String plan, String search, Map<String, Timing> timings) {
    Timing graft = timings.get("graft");
    Timing protobuf = timings.get("protobuf");
    table.row(plan, search, cell(graft), cell(protobuf), ratio(protobuf, graft, "%,.1f"));
  }

  private MarkdownTable nesting() {
    MarkdownTable table = new MarkdownTable(NESTING);
    Map<String, Timing> ten = nesting.getOrDefault(10, Map.of());
    nesting.forEach(
        (levels, timings) -> {
          Timing answers = timings.get("inAnswers");
          Timing messages = timings.get("inMessages");
          table.row(
              cell(levels),
              cell(answers),
              ratio(answers, ten.get("inAnswers"), "%.2f"),
              cell(messages),
              ratio(messages, ten.get("inMessages"), "%.2f"));
        });
    return table;
  }
}
