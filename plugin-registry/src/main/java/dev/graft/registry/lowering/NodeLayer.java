package dev.graft.registry.lowering;

import dev.graft.registry.descriptor.FieldDescriptor;
import dev.graft.registry.descriptor.MessageDescriptor;
import dev.graft.registry.wire.Slice;
import dev.graft.registry.wire.Varint;
import dev.graft.registry.wire.WireCursor;
import dev.graft.registry.wire.WireType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the nodes that take an extension's place: the common field that it will have, and the
 * unknown fields that it must keep.
 */
final class NodeLayer {
  /**
   * Fields of a common field are told apart by their bit here; from this number on they share one.
   */
  private static final int MANY = 63;

  private final List<Slice> common = new ArrayList<>();
  private final List<Slice> others = new ArrayList<>();
  private boolean hasCommon;
  private final @Nullable MessageDescriptor commonType;
  private long given;

  private NodeLayer(@Nullable MessageDescriptor commonType) {
    this.commonType = commonType;
  }

  /**
   * The nodes that take the place of an extension, from the outermost to the innermost; more than
   * one only if different plan ids meet.
   *
   * @param chain the extension, the answer to it if that is an extension itself, and so on down to
   *     the answer that stays
   * @param type what the nodes are
   */
  static List<NodeLayer> of(List<NodeHead> chain, WalkedType type) {
    int last = chain.size() - 1;
    boolean[] begins = new boolean[chain.size()];
    begins[0] = true;
    // From the inside outwards, as if each answer were lowered before it is put in its place.
    Long planId = chain.get(last).planId();
    for (int i = last - 1; i >= 0; i--) {
      Long outer = chain.get(i).planId();
      if (conflict(outer, planId)) {
        begins[i + 1] = true;
      }
      planId = outer == null ? planId : outer;
    }
    List<NodeLayer> layers = new ArrayList<>(1);
    NodeLayer layer = new NodeLayer(type.common());
    for (int i = 0; i <= last; i++) {
      if (begins[i]) {
        layer = new NodeLayer(type.common());
        layers.add(layer);
      }
      layer.absorb(chain.get(i).common());
      if (i < last) {
        layer.others.addAll(chain.get(i).others());
      }
    }
    return layers;
  }

  /**
   * Whether there are two different ids. Columns may refer to either, so both must stay, as when a
   * plugin returns its own input.
   */
  private static boolean conflict(@Nullable Long outer, @Nullable Long answer) {
    return outer != null && answer != null && !outer.equals(answer);
  }

  /**
   * Takes over those fields of an inner common field that the outer ones don't have. They are
   * chosen field by field, not left to parsers to merge: protobuf-java merges a oneof that changes
   * its member and changes back with the content it had before.
   */
  private void absorb(@Nullable Slice inner) {
    if (inner == null) {
      return;
    }
    hasCommon = true;
    long taken = given;
    // Of a scalar given several times the last value counts; if that is the default, it is not
    // given.
    long scalars = 0;
    WireCursor cursor = new WireCursor(inner);
    int from = inner.from();
    while (cursor.nextField()) {
      long bit = 1L << Math.min(cursor.fieldNumber(), MANY);
      int start = cursor.fieldStart();
      int value = cursor.position();
      cursor.skip();
      if ((taken & bit) != 0) {
        add(inner, from, start);
        from = cursor.position();
      } else if (hidesDefault(cursor)) {
        scalars = cursor.isDefault(value) ? scalars & ~bit : scalars | bit;
      } else {
        given |= bit;
      }
    }
    given |= scalars;
    add(inner, from, inner.to());
  }

  /** Whether to parsers a default value of the field at the cursor is the same as none. */
  private boolean hidesDefault(WireCursor cursor) {
    FieldDescriptor field = commonType == null ? null : commonType.field(cursor.fieldNumber());
    return field != null && field.hidesDefault() && field.wireType() == cursor.wireType();
  }

  private void add(Slice inner, int from, int to) {
    if (to > from) {
      common.add(new Slice(inner.bytes(), from, to));
    }
  }

  /** Appends the layer's own fields; returns how many bytes they are. */
  long appendTo(Splice splice, int commonField) {
    long size = 0;
    if (hasCommon) {
      long length = 0;
      for (Slice piece : common) {
        length += piece.length();
      }
      byte[] tag = new byte[5];
      int tagSize = Varint.write(tag, 0, commonField << 3 | WireType.LENGTH);
      splice.append(new Slice(tag, 0, tagSize));
      // A length of more than 2 GiB overflows here. It is refused when the whole size is known,
      // before anything is written.
      splice.appendLength((int) length);
      common.forEach(splice::append);
      size += tagSize + Varint.size(length) + length;
    }
    for (Slice other : others) {
      splice.append(other);
      size += other.length();
    }
    return size;
  }
}
