package dev.graft.registry.lowering;

import org.jspecify.annotations.Nullable;

/** Bytes that the walk goes through: the plan itself, or the answer to an extension. */
final class Source {
  private final byte[] bytes;
  private final @Nullable String answers;
  private final int depth;
  private int copied;

  private Source(byte[] bytes, @Nullable String answers, int depth) {
    this.bytes = bytes;
    this.answers = answers;
    this.depth = depth;
  }

  /** What the client sent. */
  static Source plan(byte[] bytes) {
    return new Source(bytes, null, 0);
  }

  /** The answer to an extension that stood at {@code depth - 1}. */
  static Source answer(byte[] bytes, String typeUrl, int depth) {
    return new Source(bytes, typeUrl, depth);
  }

  byte[] bytes() {
    return bytes;
  }

  /** The type URL of the extension that this answers; null for the plan itself. */
  @Nullable String answers() {
    return answers;
  }

  /** How many answers this is inside of, itself included; 0 for the plan itself. */
  int depth() {
    return depth;
  }

  /** Up to which byte it has gone into the result, or been replaced there. */
  int copied() {
    return copied;
  }

  void copiedTo(int position) {
    copied = position;
  }
}
