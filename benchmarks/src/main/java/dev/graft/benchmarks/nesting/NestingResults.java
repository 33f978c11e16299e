package dev.graft.benchmarks.nesting;

import dev.graft.benchmarks.nesting.Measured.Shape;
import dev.graft.benchmarks.table.MarkdownTable;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What was measured in all JVMs.
 *
 * @param all in any order
 */
record NestingResults(List<Measured> all) {
  NestingResults {
    all = List.copyOf(all);
  }

  /** A table of extensions in one another, and one of loops. */
  String markdown() {
    return table(Shape.NESTED, "levels") + "\n" + table(Shape.LOOP, "steps");
  }

  private String table(Shape shape, String size) {
    MarkdownTable table =
        new MarkdownTable(
            "| %s | way | analyses | plugin calls | ms | / by hand |\n|--:|:--|--:|--:|--:|--:|\n"
                .formatted(size));
    List<Integer> sizes =
        all.stream().filter(each -> each.shape() == shape).map(Measured::size).distinct().toList();
    for (int each : sizes) {
      for (Way way : Way.values()) {
        Measured worst = worst(shape, way, each);
        table.row(
            MarkdownTable.cell(each),
            way.toString(),
            String.format(Locale.ROOT, "%,d", worst.counted().analyses()),
            String.format(Locale.ROOT, "%,d", worst.counted().calls()),
            String.format(Locale.ROOT, "%,.0f", worst.milliseconds()),
            String.format(Locale.ROOT, "%.2f", worstRatio(shape, way, each)));
      }
    }
    return table.toString();
  }

  /** The measurement of the JVM in which it took longest. */
  private Measured worst(Shape shape, Way way, int size) {
    return all.stream()
        .filter(each -> each.isOf(shape, way, size))
        .max(Comparator.comparingDouble(Measured::milliseconds))
        .orElseThrow();
  }

  /** The greatest of the JVMs' ratios: each compares what was measured in the same one. */
  private double worstRatio(Shape shape, Way way, int size) {
    List<Measured> those = all.stream().filter(each -> each.isOf(shape, way, size)).toList();
    List<Measured> byHand =
        all.stream().filter(each -> each.isOf(shape, Way.BY_HAND, size)).toList();
    double worst = 0;
    for (int jvm = 0; jvm < those.size(); jvm++) {
      worst = Math.max(worst, those.get(jvm).milliseconds() / byHand.get(jvm).milliseconds());
    }
    return worst;
  }
}
