package dev.graft.registry.lowering;

import dev.graft.registry.wire.Slice;
import dev.graft.registry.wire.Varint;
import java.util.Arrays;

/**
 * The result while it is being put together: pieces of existing bytes, and lengths that are known
 * only when everything inside them is. Each byte is copied once, at the end.
 */
final class Splice {
  // Empty at first, since most walks find nothing to splice.
  private byte[][] buffers = {};
  private int[] from = {};
  private int[] to = {};
  private int count;
  private long size;

  /** Marks a piece that is a length, not bytes. */
  private static final byte[] LENGTH = {};

  /** Appends a source's bytes from where they were last copied to. */
  void copy(Source source, int to) {
    append(source.bytes(), source.copied(), to);
    source.copiedTo(to);
  }

  void append(Slice slice) {
    append(slice.bytes(), slice.from(), slice.to());
  }

  void append(byte[] bytes) {
    append(bytes, 0, bytes.length);
  }

  /** How many bytes there are, not counting lengths. */
  long size() {
    return size;
  }

  private void append(byte[] bytes, int from, int to) {
    if (to > from) {
      size += to - from;
      add(bytes, from, to);
    }
  }

  /** Appends a length that is already known. */
  void appendLength(int length) {
    add(LENGTH, length, 0);
  }

  /** Appends a length to be filled in later; returns its slot. */
  int reserveLength() {
    add(LENGTH, 0, 0);
    return count - 1;
  }

  void fillLength(int slot, int length) {
    from[slot] = length;
  }

  private void add(byte[] bytes, int start, int end) {
    if (count == from.length) {
      int more = Math.max(16, count + (count >> 1));
      buffers = Arrays.copyOf(buffers, more);
      from = Arrays.copyOf(from, more);
      to = Arrays.copyOf(to, more);
    }
    buffers[count] = bytes;
    from[count] = start;
    to[count] = end;
    count++;
  }

  byte[] toByteArray(int size) {
    byte[] result = new byte[size];
    int position = 0;
    for (int i = 0; i < count; i++) {
      byte[] bytes = buffers[i];
      if (bytes == LENGTH) {
        position = Varint.write(result, position, from[i]);
      } else {
        System.arraycopy(bytes, from[i], result, position, to[i] - from[i]);
        position += to[i] - from[i];
      }
    }
    if (position != size) {
      throw new IllegalStateException("Spliced " + position + " bytes, expected " + size);
    }
    return result;
  }
}
