package dev.graft.registry.lowering;

import com.google.protobuf.ByteString;
import dev.graft.spi.Extension;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers the extensions of {@link RandomPlans} with the nodes in them. Remembers what it was asked
 * for. For one thread.
 */
final class Echo implements Expander {
  /** The values of all extensions that were met, in their order. */
  final List<String> met = new ArrayList<>();

  /** How many bytes all answers had together. */
  long answered;

  @Override
  public Expansion expand(Extension extension) {
    ByteBuffer value = extension.value();
    byte[] bytes = new byte[value.remaining()];
    value.get(bytes);
    met.add(extension.typeUrl() + ByteString.copyFrom(bytes).hashCode());
    if (!extension.typeUrl().equals(RandomPlans.REPLACE)) {
      return new Expansion.Leave();
    }
    answered += bytes.length;
    return new Expansion.Replace(bytes);
  }
}
