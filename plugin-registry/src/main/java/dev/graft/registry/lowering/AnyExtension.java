package dev.graft.registry.lowering;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.wire.AnyMessage;
import dev.graft.registry.wire.Slice;
import dev.graft.registry.wire.Varint;
import dev.graft.registry.wire.WireException;
import dev.graft.registry.wire.WireType;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import java.util.Arrays;

/**
 * Converts between a serialised {@code google.protobuf.Any}, the extension in it, and the node
 * around it.
 */
public final class AnyExtension {
  private AnyExtension() {}

  /**
   * The extension in an {@code Any}.
   *
   * @param any the serialised {@code Any}; the extension's value is a window on it
   * @throws GraftException GRAFT_PLAN_MALFORMED if the bytes are no {@code Any},
   *     GRAFT_TYPE_URL_MISSING if it has no type URL
   */
  public static Extension read(ExtensionKind kind, byte[] any) {
    try {
      return AnyMessage.read(Slice.of(any)).asExtension(kind);
    } catch (WireException e) {
      throw new GraftException(
          ErrorCode.GRAFT_PLAN_MALFORMED,
          "The "
              + kind.word()
              + " extension cannot be read at byte "
              + e.offset()
              + ": "
              + e.reason()
              + ".",
          e);
    }
  }

  /** The relation, expression or command that is nothing but an extension. */
  public static byte[] node(ExtensionKind kind, byte[] any) {
    for (ExtensionSite site : ExtensionSite.ALL) {
      if (site.kind() == kind) {
        byte[] head = new byte[10];
        int tag = Varint.write(head, 0, site.field() << 3 | WireType.LENGTH);
        int length = Varint.write(head, tag, any.length);
        byte[] node = Arrays.copyOf(head, length + any.length);
        System.arraycopy(any, 0, node, length, any.length);
        return node;
      }
    }
    throw new IllegalArgumentException(kind.word());
  }
}
