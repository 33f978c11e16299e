package dev.graft.benchmarks.lowering;

/** What the byte search for extensions finds in a plan that holds none. */
public enum Search {
  /** No byte looks like an extension. */
  FINDS_NOTHING("nothing", "s>", "none"),
  /**
   * In one text stand the bytes that an extension's tag has, so a walk has to find out that there
   * is none. The letter {@code º} is C2 BA in UTF-8, and BA 3E is the tag.
   */
  FINDS_LOOKALIKE("a lookalike", "º>", "none"),
  /** The same in each column of a projection: the worst there is, and hardly ever met. */
  FINDS_LOOKALIKES("a lookalike in each column", "º>", "nº>");

  private final String label;
  private final String word;
  private final String everywhere;

  Search(String label, String word, String everywhere) {
    this.label = label;
    this.word = word;
    this.everywhere = everywhere;
  }

  /** Its name in the table. */
  String label() {
    return label;
  }

  /** A text that stands in the plan once, early, if there is a place for one. */
  String word() {
    return word;
  }

  /** A text that stands in each column. */
  String everywhere() {
    return everywhere;
  }
}
