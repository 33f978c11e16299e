package dev.graft.registry.lowering;

/**
 * Where the next bytes of a plan are that could be the tag of an extension.
 *
 * <p>It is asked about ranges from left to right. It searches a range when asked, and some bytes
 * beyond, since messages are short and mostly stand side by side. Other bytes between two ranges
 * are never searched, and no byte is searched twice.
 */
final class CandidateCursor {
  /**
   * How far it searches beyond a range, in bytes. If the next range begins further on, this is in
   * vain and costs half a microsecond.
   */
  private static final int AHEAD = 4096;

  private final byte[] bytes;

  /** No candidate begins between the range asked about last and here. */
  private int next;

  /** Whether one begins here. */
  private boolean found;

  CandidateCursor(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Whether a candidate lies in a range.
   *
   * @param from its first byte, not before that of the range asked about last
   * @param to the byte after its last
   */
  boolean isIn(int from, int to) {
    if (next < from) {
      next = from;
      found = false;
    }
    if (!found && next < to - 1) {
      int end = (int) Math.min(bytes.length - 1L, Math.max(to - 1L, (long) next + AHEAD));
      next = ExtensionSearch.next(bytes, next, end);
      found = next < end;
    }
    return found && next < to - 1;
  }
}
