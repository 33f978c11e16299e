package dev.graft.registry.lowering;

import dev.graft.registry.wire.Varint;
import dev.graft.registry.wire.WireType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Plans that are nested deeper than any parser reads them, written from the inside outwards by
 * instructions of a fuzzer.
 */
final class DeepPlans {
  private static final int MAX_BYTES = 128 << 10;
  private static final int MAX_REPEATS = 3000;

  /** Tags, from the inside outwards, that lead from a relation to one around it. */
  private static final int[][] RELATIONS = {
    {1, 8}, // Limit.input in Relation.limit
    {1, 4}, // Filter.input in Relation.filter
    {2, 6}, // SetOperation.right_input in Relation.set_op
    {998}, // an extension whose message is the relation
  };

  /** From an expression to one around it. */
  private static final int[][] EXPRESSIONS = {
    {1, 6}, // Alias.expr in Expression.alias
    {2, 3}, // UnresolvedFunction.arguments in Expression.unresolved_function
  };

  private static final int[] PROJECTION = {3, 3}; // Project.expressions in Relation.project
  private static final int[] PLAN = {1}; // Plan.root

  private byte[] buffer = new byte[1 << 16];
  private int start = buffer.length;

  private DeepPlans() {}

  /** A serialised plan, or what was once one. */
  static byte[] build(ByteBuffer input) {
    DeepPlans plan = new DeepPlans();
    plan.prepend(bytes(input, 64));
    for (int steps = number(input, 4); steps > 0; steps--) {
      plan.repeat(input, EXPRESSIONS);
    }
    plan.wrap(PROJECTION);
    for (int steps = number(input, 6); steps > 0; steps--) {
      plan.repeat(input, RELATIONS);
      plan.prepend(bytes(input, 8));
    }
    plan.wrap(PLAN);
    byte[] bytes = Arrays.copyOfRange(plan.buffer, plan.start, plan.buffer.length);
    for (int breaks = number(input, 2); breaks > 0; breaks--) {
      bytes[number(input, bytes.length - 1)] = (byte) number(input, 255);
    }
    return bytes;
  }

  /** The next number of the instructions, from 0 to {@code most}; 0 at their end. */
  private static int number(ByteBuffer input, int most) {
    int number = 0;
    for (int left = most; left > 0; left >>= 8) {
      number = number << 8 | (input.hasRemaining() ? input.get() & 0xFF : 0);
    }
    return number % (most + 1);
  }

  private static byte[] bytes(ByteBuffer input, int most) {
    byte[] bytes = new byte[Math.min(number(input, most), input.remaining())];
    input.get(bytes);
    return bytes;
  }

  private void repeat(ByteBuffer input, int[][] ways) {
    int[] way = ways[number(input, ways.length - 1)];
    // Each extension hands its bytes on, so many of them are quadratic by themselves.
    int most = way[way.length - 1] == 998 ? 40 : MAX_REPEATS;
    for (int i = number(input, most); i > 0 && size() < MAX_BYTES; i--) {
      if (way[way.length - 1] == 998) {
        extension();
      } else {
        wrap(way);
      }
    }
  }

  private void wrap(int[] fields) {
    for (int field : fields) {
      head(field, size());
    }
  }

  /** {@code Relation{extension: Any{type_url, value}}} around a relation. */
  private void extension() {
    head(2, size());
    byte[] typeUrl = RandomPlans.REPLACE.getBytes(StandardCharsets.UTF_8);
    prepend(typeUrl);
    head(1, typeUrl.length);
    head(998, size());
  }

  private void head(int field, int length) {
    byte[] head = new byte[10];
    int tag = Varint.write(head, 0, field << 3 | WireType.LENGTH);
    prepend(Arrays.copyOf(head, Varint.write(head, tag, length)));
  }

  private void prepend(byte[] bytes) {
    if (bytes.length > start) {
      byte[] larger = new byte[2 * buffer.length + bytes.length];
      int size = size();
      System.arraycopy(buffer, start, larger, larger.length - size, size);
      buffer = larger;
      start = larger.length - size;
    }
    start -= bytes.length;
    System.arraycopy(bytes, 0, buffer, start, bytes.length);
  }

  private int size() {
    return buffer.length - start;
  }
}
