package dev.graft.benchmarks.lowering;

/** How the byte search for extensions, which comes before the walk, ends. */
public enum Search {
  /** It finds nothing in any byte, so there is no walk. */
  FINDS_NOTHING("finds nothing", "s>"),
  /**
   * It finds, in a text, the bytes that an extension's tag has, so the walk has to find out that
   * there is none. The letter {@code º} is C2 BA in UTF-8, and BA 3E is the tag.
   */
  FINDS_LOOKALIKE("finds a lookalike", "º>");

  private final String label;
  private final String word;

  Search(String label, String word) {
    this.label = label;
    this.word = word;
  }

  /** Its name in the table. */
  String label() {
    return label;
  }

  /** The text that makes the search end so. */
  String word() {
    return word;
  }
}
