package dev.graft.registry.lowering;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Proves that bytes hold no extension, without understanding them.
 *
 * <p>The tags of the extension fields 998 and 999 are {@code B2 3E} and {@code BA 3E}. An encoder
 * may pad a varint, which sets the continuation bit of its last byte and appends more, so the
 * second byte is compared without that bit. Bytes in which no such pair occurs cannot hold an
 * extension, wherever messages begin in them.
 */
public final class ExtensionSearch {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long LOW_BITS = 0x7F7F_7F7F_7F7F_7F7FL;
  private static final long HIGH_BITS = ~LOW_BITS;

  /** Everything but the one bit in which B2 and BA differ. */
  private static final long FIRST_MASK = 0xF7F7_F7F7_F7F7_F7F7L;

  private static final long FIRST = 0xB2B2_B2B2_B2B2_B2B2L;
  private static final long SECOND = 0x3E3E_3E3E_3E3E_3E3EL;

  private ExtensionSearch() {}

  /** False only if no message in these bytes holds an extension. */
  public static boolean mayHoldExtension(byte[] bytes) {
    int end = bytes.length - 1;
    return next(bytes, 0, end) < end;
  }

  /**
   * Where the first pair begins.
   *
   * @param from where to begin the search
   * @param end before which byte the pair is to begin; at most the index of the last byte
   * @return {@code end}, or {@code from} if that is not before it, if there is none
   */
  static int next(byte[] bytes, int from, int end) {
    int i = from;
    // Pairs begin at i to i + 7; the second word is read one byte further on. Four words make a
    // turn, so that the branch costs little.
    for (int last = end - 32; i <= last; i += 32) {
      long misses =
          misses(bytes, i) & misses(bytes, i + 8) & misses(bytes, i + 16) & misses(bytes, i + 24);
      if ((misses & HIGH_BITS) != HIGH_BITS) {
        break;
      }
    }
    while (i < end && ((bytes[i] & 0xF7) != 0xB2 || (bytes[i + 1] & 0x7F) != 0x3E)) {
      i++;
    }
    return i;
  }

  /** Eight pairs at once: the high bit of each byte is set where no pair begins. */
  private static long misses(byte[] bytes, int at) {
    long first = ((long) WORD.get(bytes, at) & FIRST_MASK) ^ FIRST;
    long second = ((long) WORD.get(bytes, at + 1) & LOW_BITS) ^ SECOND;
    // Adding 7F carries into the high bit from every seven bits that are not all 0.
    return ((first & LOW_BITS) + LOW_BITS) | first | (second + LOW_BITS);
  }
}
