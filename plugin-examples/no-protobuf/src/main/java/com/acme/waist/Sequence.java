package com.acme.waist;

import dev.graft.spi.PlanningException;
import java.nio.ByteBuffer;

/**
 * The message {@code acme.waist.v1.Sequence { int64 start = 1; int64 end = 2; int64 step = 3; }}.
 *
 * @param start the first number
 * @param end the number before which to stop
 * @param step the distance between two numbers; not sent or 0, it is 1
 */
record Sequence(long start, long end, long step) {
  private static final int START = 1;
  private static final int END = 2;
  private static final int STEP = 3;

  /**
   * Reads the message.
   *
   * @throws PlanningException if the bytes are no such message
   */
  static Sequence parse(ByteBuffer bytes) {
    long start = 0;
    long end = 0;
    long step = 0;
    while (bytes.hasRemaining()) {
      long tag = Varint.read(bytes);
      long field = tag >>> 3;
      if ((tag & 7) != Varint.WIRE_TYPE || field < START || field > STEP) {
        throw new PlanningException(
            "The tag " + tag + " is none of acme.waist.v1.Sequence, which has the int64 fields"
                + " start, end and step.");
      }
      long value = Varint.read(bytes);
      if (field == START) {
        start = value;
      } else if (field == END) {
        end = value;
      } else {
        step = value;
      }
    }
    return new Sequence(start, end, step == 0 ? 1 : step);
  }
}
