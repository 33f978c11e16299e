package dev.graft.registry.lowering;

import dev.graft.registry.wire.Slice;
import dev.graft.registry.wire.WireCursor;
import dev.graft.registry.wire.WireException;
import dev.graft.registry.wire.WireType;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold for a field that matters to the walk. */
final class FieldRules {
  private FieldRules() {}

  /**
   * Checks the field at the cursor.
   *
   * <p>Parsers merge a singular message that is given twice, and let the last member of a oneof win
   * over those before it. Whoever lowers the parts one by one would see extensions that the server
   * never sees, or the other way round; no encoder writes such a plan.
   *
   * @param seen the slots of the message that have been filled so far
   * @return the slots filled now
   * @throws WireException if the field has the wrong wire type, or its slot is filled
   */
  static long check(WalkedField field, WireCursor cursor, long seen, WalkedType type) {
    if (cursor.wireType() != field.wireType() || (seen & field.slot()) != 0) {
      throw objection(field, cursor, type);
    }
    return seen | field.slot();
  }

  /** What is wrong with the field at the cursor: its wire type, or else that its slot is filled. */
  static WireException objection(WalkedField field, WireCursor cursor, WalkedType type) {
    if (cursor.wireType() != field.wireType()) {
      return new WireException(
          "field "
              + field.number()
              + " ("
              + field.name()
              + ") of "
              + type.fullName()
              + " is not "
              + WireType.nameOf(field.wireType())
              + " but "
              + WireType.nameOf(cursor.wireType()),
          cursor.fieldStart());
    }
    return new WireException(
        type.fullName()
            + " gives "
            + field.slotName()
            + " twice, the second time as field "
            + field.number()
            + " ("
            + field.name()
            + ")",
        cursor.fieldStart());
  }

  /**
   * What is wrong with the entry of a map that leads on; null if nothing is. Of two with one key
   * parsers keep the last, so both cannot be lowered.
   *
   * @param frame the message that has the map, which keeps the keys
   */
  static @Nullable WireException keyObjection(Frame frame, WalkedField field, Slice entry) {
    ByteBuffer key = ByteBuffer.allocate(0);
    WireCursor cursor = new WireCursor(entry);
    while (cursor.nextField()) {
      if (cursor.isContent(1)) {
        Slice text = cursor.content();
        key = ByteBuffer.wrap(text.bytes(), text.from(), text.length());
      } else if (cursor.fieldNumber() == 1) {
        return new WireException("a key of " + field.name() + " is not a text", cursor.position());
      } else {
        cursor.skip();
      }
    }
    Set<ByteBuffer> keys = frame.keys == null ? new HashSet<>() : frame.keys;
    frame.keys = keys;
    return keys.add(key)
        ? null
        : new WireException(
            frame.type.fullName() + " gives a key of " + field.name() + " twice", entry.from());
  }
}
