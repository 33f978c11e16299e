package dev.graft.registry.lowering;

import dev.graft.registry.wire.Varint;
import dev.graft.registry.wire.WireType;

/**
 * The encoding of {@code Relation{filter: Filter{condition: literal true, input: …}}}: a relation
 * with the rows of its input and room for a plan id of its own. The optimizer removes it.
 */
final class TransparentFilter {
  /** {@code Relation.filter}, field 4; a length follows. */
  static final byte[] FILTER_TAG = {4 << 3 | WireType.LENGTH};

  /** {@code Filter.condition}, field 2, whole; then the tag of {@code Filter.input}, field 1. */
  static final byte[] CONDITION_AND_INPUT_TAG = {
    2 << 3 | WireType.LENGTH,
    4,
    // Expression.literal
    1 << 3 | WireType.LENGTH,
    2,
    // Literal.boolean
    3 << 3 | WireType.VARINT,
    1,
    1 << 3 | WireType.LENGTH
  };

  private TransparentFilter() {}

  /** Puts one around a relation. */
  static byte[] around(byte[] relation) {
    Splice splice = new Splice();
    long filter =
        CONDITION_AND_INPUT_TAG.length + Varint.size(relation.length) + (long) relation.length;
    splice.append(FILTER_TAG);
    splice.appendLength(Math.toIntExact(filter));
    splice.append(CONDITION_AND_INPUT_TAG);
    splice.appendLength(relation.length);
    splice.append(relation);
    return splice.toByteArray(Math.toIntExact(FILTER_TAG.length + Varint.size(filter) + filter));
  }
}
