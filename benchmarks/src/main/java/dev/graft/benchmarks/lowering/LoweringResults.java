package dev.graft.benchmarks.lowering;

import static dev.graft.benchmarks.table.MarkdownTable.cell;
import static dev.graft.benchmarks.table.MarkdownTable.ratio;

import dev.graft.benchmarks.table.MarkdownTable;
import dev.graft.benchmarks.table.Timing;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What was measured of lowering, and its tables. Not safe for use by several threads. */
final class LoweringResults {
  private static final String PLANS =
      """
      | plan | looks like an extension | Graft | protobuf-java | protobuf-java / Graft | aim | met |
      |:--|:--|--:|--:|--:|--:|:--|
      """;

  private static final String NESTING =
      """
      | levels | in answers, per level | / that of 10 | aim | met | in messages, per level | / that of 10 |
      |--:|--:|--:|--:|:--|--:|--:|
      """;

  /** How many times longer protobuf-java is to take than Graft. */
  private static final double EXPRESSIONS_AIM = 20;

  private static final double LOCAL_DATA_AIM = 10_000;
  private static final double SPLICE_AIM = 15;
  private static final double NO_AIM = 0;

  /** How many times longer a level may take in a plan of many levels than in one of ten. */
  private static final double NESTING_AIM = 1.2;

  private record Walked(Shape shape, Search search) {}

  private final Map<Walked, Map<String, Timing>> walks = new HashMap<>();

  /** By the number of extensions. */
  private final Map<Integer, Map<String, Timing>> splices = new TreeMap<>();

  /** By the number of levels, the time of one level. */
  private final Map<Integer, Map<String, Timing>> nesting = new TreeMap<>();

  /** Adds what a method of {@link WalkBenchmark} took. */
  void addWalk(String method, Shape shape, Search search, Timing timing) {
    walks.computeIfAbsent(new Walked(shape, search), walked -> new HashMap<>()).put(method, timing);
  }

  /** Adds what a method of {@link SpliceBenchmark} took. */
  void addSplice(String method, int extensions, Timing timing) {
    splices.computeIfAbsent(extensions, any -> new HashMap<>()).put(method, timing);
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
        Map<String, Timing> timings = walks.get(new Walked(shape, search));
        if (timings != null) {
          append(table, shape.label(), search.label(), timings, aim(shape));
        }
      }
    }
    splices.forEach(
        (extensions, timings) ->
            append(
                table,
                Shape.EXPRESSIONS.label(),
                extensions == 1 ? "an extension" : extensions + " extensions",
                timings,
                extensions == 1 ? SPLICE_AIM : NO_AIM));
    return table;
  }

  private static double aim(Shape shape) {
    return switch (shape) {
      case EXPRESSIONS -> EXPRESSIONS_AIM;
      case LOCAL_DATA -> LOCAL_DATA_AIM;
      case CHAIN -> NO_AIM;
    };
  }

  private static void append(
      MarkdownTable table, String plan, String search, Map<String, Timing> timings, double aim) {
    Timing graft = timings.get("graft");
    Timing protobuf = timings.get("protobuf");
    table.row(
        plan,
        search,
        cell(graft),
        cell(protobuf),
        ratio(protobuf, graft, "%,.1f"),
        aim == NO_AIM ? "" : cell((int) aim),
        aim == NO_AIM || graft == null || protobuf == null ? "" : met(protobuf.over(graft) >= aim));
  }

  private MarkdownTable nesting() {
    MarkdownTable table = new MarkdownTable(NESTING);
    Map<String, Timing> ten = nesting.getOrDefault(10, Map.of());
    nesting.forEach(
        (levels, timings) -> {
          Timing answers = timings.get("inAnswers");
          Timing messages = timings.get("inMessages");
          Timing base = ten.get("inAnswers");
          table.row(
              cell(levels),
              cell(answers),
              ratio(answers, base, "%.2f"),
              String.format(Locale.ROOT, "%.2f", NESTING_AIM),
              answers == null || base == null ? "" : met(answers.over(base) <= NESTING_AIM),
              cell(messages),
              ratio(messages, ten.get("inMessages"), "%.2f"));
        });
    return table;
  }

  private static String met(boolean met) {
    return met ? "yes" : "no";
  }
}
