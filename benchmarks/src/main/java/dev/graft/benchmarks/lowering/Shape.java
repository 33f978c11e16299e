package dev.graft.benchmarks.lowering;

import org.apache.spark.connect.proto.Plan;

/** What the bytes of a plan without extensions are mostly made of. */
public enum Shape {
  /** Some 100 kB of expressions in expressions, hardly any leaf longer than a word. */
  EXPRESSIONS("100 kB of expressions") {
    @Override
    Plan plan(Search search) {
      return Plans.ofExpressions(search);
    }
  },
  /** 16 MB of rows that the client sends along. */
  LOCAL_DATA("16 MB of local data") {
    @Override
    Plan plan(Search search) {
      return Plans.ofLocalData(search.word());
    }
  },
  /** Four hundred relations in one another, which is some 800 of the 1,024 levels Spark reads. */
  CHAIN("400 relations in one another") {
    @Override
    Plan plan(Search search) {
      return Plans.ofChain(search.word());
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
   * @param search what is to be found in its data
   */
  abstract Plan plan(Search search);
}
