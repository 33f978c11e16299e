package dev.graft.registry.lowering;

import org.jspecify.annotations.Nullable;

/**
 * What the walk knows of a field. It has no entry for a field that neither leads on nor shares a
 * oneof with one that does.
 *
 * @param number the field's number
 * @param name the field's name
 * @param role what the walk does with it
 * @param wireType the wire type it must have
 * @param target the type it leads on to; null where it is stepped over
 * @param slot a bit that may be set once per message: the field's own if it is singular, its
 *     oneof's if it is in one, 0 if it is repeated
 * @param slotName the field or oneof that the bit stands for
 * @param namesColumns whether its expressions are columns, named by themselves if they have no
 *     alias
 */
record WalkedField(
    int number,
    String name,
    Role role,
    int wireType,
    @Nullable WalkedType target,
    long slot,
    String slotName,
    boolean namesColumns) {
  enum Role {
    /** Leads on to messages that may hold extensions. */
    LEADS_ON,
    /** A map field that does so; of two entries with one key, parsers keep the last. */
    LEADS_ON_BY_KEY,
    /** Holds the extension. */
    EXTENSION,
    /** What all nodes of the type have in common, the plan id among it. */
    COMMON,
    /** Another member of a oneof that may lead on. */
    EXCLUDES
  }
}
