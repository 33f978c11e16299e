package com.acme.waist;

import dev.graft.spi.PlanningException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Protobuf's numbers: seven bits a byte, the lowest first, at most ten bytes. */
final class Varint {
  /** The wire type that a field's tag has in its lowest three bits. */
  static final int WIRE_TYPE = 0;

  private static final int LONGEST = 10;

  private Varint() {}

  static long read(ByteBuffer bytes) {
    long value = 0;
    for (int i = 0; i < LONGEST; i++) {
      if (!bytes.hasRemaining()) {
        throw new PlanningException("The message ends within a number.");
      }
      byte next = bytes.get();
      value |= (next & 0x7FL) << (7 * i);
      if (next >= 0) {
        return value;
      }
    }
    throw new PlanningException("A number is longer than " + LONGEST + " bytes.");
  }

  static void write(long value, ByteArrayOutputStream out) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
