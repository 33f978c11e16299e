package dev.graft.benchmarks.dispatch;

/** Where in configured order the plugin stands that a message is for. */
public enum Place {
  /** Behind all others: the most work for a chain. */
  LAST,
  /** Half-way: what a chain does on average, if all messages are sent equally often. */
  MIDDLE;

  /** The place among {@code plugins}, counted from 1. */
  int among(int plugins) {
    return this == LAST ? plugins : (plugins + 1) / 2;
  }
}
