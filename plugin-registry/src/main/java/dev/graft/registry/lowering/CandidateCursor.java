package dev.graft.registry.lowering;

/**
 * Where the next bytes of a plan are that could be the tag of an extension.
 *
 * <p>Asked about ranges from left to right. Searches when asked, and then some bytes ahead, since
 * messages are short and mostly stand side by side; what is stepped over between two ranges is
 * never searched, and no byte is searched twice.
 */
final class CandidateCursor {
  /**
   * How far it looks ahead, in bytes: half a microsecond, where the next range begins elsewhere.
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
