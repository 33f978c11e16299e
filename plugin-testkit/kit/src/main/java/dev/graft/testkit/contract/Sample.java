package dev.graft.testkit.contract;

import com.google.protobuf.ByteString;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import dev.graft.testkit.memory.TreePrinter;
import java.nio.ByteBuffer;

/**
 * An extension that a property tries.
 *
 * @param printer prints it when a property fails
 */
record Sample(ExtensionKind kind, String typeUrl, ByteString value, TreePrinter printer) {
  /** The extension, over an array of its own. */
  Extension extension() {
    return new Extension(kind, typeUrl, ByteBuffer.wrap(value.toByteArray()));
  }

  @Override
  public String toString() {
    return kind.word() + " " + printer.print(Extension.messageName(typeUrl), value.toByteArray());
  }
}
