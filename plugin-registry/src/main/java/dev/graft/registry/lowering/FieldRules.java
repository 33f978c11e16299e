package dev.graft.registry.lowering;

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
}
