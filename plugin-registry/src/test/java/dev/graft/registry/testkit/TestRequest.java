package dev.graft.registry.testkit;

import dev.graft.registry.RequestContext;
import dev.graft.spi.Engine;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.HostContext.Phase;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a host would tell of a request. */
public record TestRequest(
    String userId,
    String sessionId,
    Phase phase,
    String hostName,
    String connectVersion,
    Optional<Engine> engine)
    implements RequestContext {
  /** A request of somebody. */
  public static final TestRequest SOME =
      new TestRequest(
          "ada",
          "00000000-0000-4000-8000-000000000001",
          Phase.EXECUTION,
          "test",
          "4.2.0",
          Optional.empty());

  /** A relation extension with a text, in UTF-8, for its bytes. */
  public static Extension relation(String typeUrl, String text) {
    return new Extension(
        ExtensionKind.RELATION, typeUrl, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** A relation extension without any bytes, under the usual prefix. */
  public static Extension relation(String messageName) {
    return relation("type.googleapis.com/" + messageName, "");
  }
}
