package dev.graft.testkit.contract;

import com.google.protobuf.ByteString;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import dev.graft.testkit.memory.TreePrinter;
import java.nio.ByteBuffer;

/**
 * An extension that a property tries.
 *
 * @param kind where it stands in a plan
 * @param typeUrl of its message
 * @param value the serialised message, or what claims to be one
 * @param printer prints it when a property fails
 */
public record Sample(ExtensionKind kind, String typeUrl, ByteString value, TreePrinter printer) {
  /** The extension, over an array of its own. */
  public Extension extension() {
    return new Extension(kind, typeUrl, ByteBuffer.wrap(value.toByteArray()));
  }

  @Override
  public String toString() {
    return kind.word() + " " + printer.print(Extension.messageName(typeUrl), value.toByteArray());
  }
}
