package dev.graft.benchmarks.lowering;

import org.apache.spark.connect.proto.Plan;

/** What the bytes of a plan without extensions are mostly made of. */
public enum Shape {
  /** Some 100 kB of expressions in expressions, hardly any leaf longer than a word. */
  EXPRESSIONS("100 kB of expressions") {
    @Override
    Plan plan(String word) {
      return Plans.ofExpressions(word);
    }
  },
  /** 16 MB of rows that the client sends along. */
  LOCAL_DATA("16 MB of local data") {
    @Override
    Plan plan(String word) {
      return Plans.ofLocalData(word);
    }
  },
  /** Four hundred relations in one another, which is some 800 of the 1,024 levels Spark reads. */
  CHAIN("400 relations in one another") {
    @Override
    Plan plan(String word) {
      return Plans.ofChain(word);
    }
  };

  private final String label;

  Shape(String label) {
    this.label = label;
  }

  /** Its name in the table. */
  String label() {
    return label;
  }

  /**
   * A plan of this shape.
   *
   * @param word a piece of text that is to stand in its data, at most once, as early as can be
   */
  abstract Plan plan(String word);
}
