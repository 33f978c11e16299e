package dev.graft.registry.line;

import dev.graft.registry.line.FieldWalk.Frame;
import dev.graft.registry.wire.Varint;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Tells whether a message in an answer was copied from what the client sent: the client's bytes
 * hold it unchanged, with its length before it, as every message inside another has. Not safe for
 * use by several threads.
 *
 * <p>It is asked only about messages with a field that the server does not know. The walk leaves a
 * message found here as a whole, and the next search begins behind it, so that the client's bytes
 * are usually gone through once. A budget bounds the other cases.
 */
final class ClientBytes {
  /** The budget, as a multiple of the sizes of both byte sequences. */
  private static final int TIMES = 16;

  private static final int AT_LEAST = 1 << 20;

  private final byte[] client;
  private final int start;
  private final int end;
  private final byte[] message;
  private long budget;
  private int next;

  /**
   * @param client the client's bytes; backed by an array
   * @param message the bytes that frames point into
   */
  ClientBytes(ByteBuffer client, byte[] message) {
    this.client = client.array();
    this.start = client.arrayOffset() + client.position();
    this.end = start + client.remaining();
    this.message = message;
    this.budget = AT_LEAST + TIMES * ((long) client.remaining() + message.length);
    this.next = start;
  }

  /**
   * The outermost of nested messages that is the client's; -1 if not even the innermost is.
   *
   * @param frames each inside the one before it
   */
  int outermostOf(List<Frame> frames) {
    int index = frames.size() - 1;
    Frame inner = frames.get(index);
    int at = find(inner);
    if (at < 0) {
      return -1;
    }
    while (index > 0) {
      Frame outer = frames.get(index - 1);
      int outerAt = at - (inner.from() - outer.from());
      if (!isAround(outer, outerAt, inner)) {
        break;
      }
      inner = outer;
      at = outerAt;
      index--;
    }
    next = at + size(inner);
    return index;
  }

  private static int size(Frame frame) {
    return frame.to() - frame.from();
  }

  /** Where a message stands in the client's bytes; -1 if it does not, or the budget is spent. */
  private int find(Frame frame) {
    int last = end - size(frame);
    int behind = find(frame, next, last);
    return behind >= 0 ? behind : find(frame, start, Math.min(next - 1, last));
  }

  private int find(Frame frame, int first, int last) {
    byte head = message[frame.from()];
    for (int at = first; at <= last && budget > 0; at++) {
      budget--;
      if (client[at] == head
          && isSame(at, frame.from(), frame.to())
          && hasLengthBefore(at, size(frame))) {
        return at;
      }
    }
    return -1;
  }

  /** Whether a message stands there, given that one inside it does. */
  private boolean isAround(Frame outer, int at, Frame inner) {
    int innerEnd = at + (inner.to() - outer.from());
    return at >= start
        && at + size(outer) <= end
        && budget > 0
        && isSame(at, outer.from(), inner.from())
        && isSame(innerEnd, inner.to(), outer.to())
        && hasLengthBefore(at, size(outer));
  }

  private boolean isSame(int at, int from, int to) {
    int different = Arrays.mismatch(client, at, at + (to - from), message, from, to);
    budget -= different < 0 ? to - from : different;
    return different < 0;
  }

  private boolean hasLengthBefore(int at, int size) {
    if (at == start && at + size == end) {
      return true; // the client sent this message alone, so no length is before it
    }
    int before = at - Varint.size(size);
    if (before < start) {
      return false;
    }
    int rest = size;
    for (int i = before; i < at; i++) {
      int expected = (rest & 0x7F) | (i < at - 1 ? 0x80 : 0);
      if (client[i] != (byte) expected) {
        return false;
      }
      rest >>>= 7;
    }
    return true;
  }
}
