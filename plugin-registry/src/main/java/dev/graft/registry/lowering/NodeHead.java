package dev.graft.registry.lowering;

import dev.graft.registry.descriptor.FieldNumbers;
import dev.graft.registry.wire.Slice;
import dev.graft.registry.wire.WireCursor;
import dev.graft.registry.wire.WireException;
import dev.graft.registry.wire.WireType;
import dev.graft.spi.ExtensionKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The top-level fields of a relation, expression or command.
 *
 * @param common the content of its common field; null where it has none
 * @param commonStart where the common field begins, its tag included; -1 where there is none
 * @param commonEnd the byte after the common field
 * @param planId the plan id in its common field; null where it has none
 * @param extension the content of its extension field; null where it is no extension
 * @param others what stands beside its common and extension fields
 */
record NodeHead(
    @Nullable Slice common,
    int commonStart,
    int commonEnd,
    @Nullable Long planId,
    @Nullable Slice extension,
    List<Slice> others) {
  NodeHead {
    others = List.copyOf(others);
  }

  /**
   * Reads the head of a node, stepping over everything in it.
   *
   * @throws WireException if it is not well-formed, or has a singular field or two members of a
   *     oneof where one is allowed
   */
  static NodeHead read(byte[] bytes, int from, int to, WalkedType type) {
    Slice common = null;
    Slice extension = null;
    int commonStart = -1;
    int commonEnd = -1;
    List<Slice> others = new ArrayList<>(3);
    int copied = from;
    long seen = 0;
    WireCursor cursor = new WireCursor(bytes, from, to);
    while (cursor.nextField()) {
      int start = cursor.fieldStart();
      WalkedField field = type.field(cursor.fieldNumber());
      if (field == null) {
        cursor.skip();
        continue;
      }
      seen = FieldRules.check(field, cursor, seen, type);
      if (field.role() != WalkedField.Role.COMMON && field.role() != WalkedField.Role.EXTENSION) {
        cursor.skip();
        continue;
      }
      Slice content = cursor.content();
      if (start > copied) {
        others.add(new Slice(bytes, copied, start));
      }
      copied = content.to();
      if (field.role() == WalkedField.Role.EXTENSION) {
        extension = content;
      } else {
        common = content;
        commonStart = start;
        commonEnd = content.to();
      }
    }
    if (to > copied) {
      others.add(new Slice(bytes, copied, to));
    }
    // Only relations have plan ids; field 2 of another common field would mean something else.
    ExtensionSite site = type.site();
    boolean relation = site != null && site.kind() == ExtensionKind.RELATION;
    Long planId = common == null || !relation ? null : planIdIn(common);
    return new NodeHead(common, commonStart, commonEnd, planId, extension, others);
  }

  /** Whether there is nothing that says what kind of node this is. */
  boolean isEmpty() {
    return extension == null && others.isEmpty();
  }

  private static @Nullable Long planIdIn(Slice common) {
    Long planId = null;
    WireCursor cursor = new WireCursor(common);
    while (cursor.nextField()) {
      if (cursor.fieldNumber() == FieldNumbers.RELATION_COMMON_PLAN_ID
          && cursor.wireType() == WireType.VARINT) {
        planId = cursor.varint();
      } else {
        cursor.skip();
      }
    }
    return planId;
  }
}
