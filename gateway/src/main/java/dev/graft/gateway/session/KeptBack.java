package dev.graft.gateway.session;

import dev.graft.registry.descriptor.FieldNumbers;
import dev.graft.registry.wire.WireMessage;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Takes the jars out of an upload, for a backend that takes none. The backend gets everything else,
 * at least a batch without artifacts, so that it answers for the session; the client is told of the
 * jars as the backend would tell it. Used by one thread at a time.
 */
final class KeptBack {
  private static final String JARS = "jars/";
  private static final byte[] TRUE = {FieldNumbers.SUMMARY_CRC_SUCCESSFUL << 3, 1};

  private final Set<String> names = new LinkedHashSet<>();
  private boolean inJar;

  /** What the backend gets of a message; none if all of it is a jar's. */
  List<byte[]> request(byte[] message) {
    WireMessage request = new WireMessage(message);
    Optional<byte[]> begun = request.field(FieldNumbers.ARTIFACTS_BEGIN);
    if (begun.isPresent()) {
      inJar = isJar(begun.get());
      return List.of(
          inJar
              ? request
                  .without(FieldNumbers.ARTIFACTS_BEGIN)
                  .with(FieldNumbers.ARTIFACTS_BATCH, new byte[0])
                  .bytes()
              : message);
    }
    if (request.field(FieldNumbers.ARTIFACTS_CHUNK).isPresent()) {
      return inJar ? List.of() : List.of(message);
    }
    return List.of(
        request
            .each(
                FieldNumbers.ARTIFACTS_BATCH,
                batch ->
                    Optional.of(
                        new WireMessage(batch)
                            .each(
                                FieldNumbers.BATCH_ARTIFACT,
                                artifact ->
                                    isJar(artifact) ? Optional.empty() : Optional.of(artifact))
                            .bytes()))
            .bytes());
  }

  private boolean isJar(byte[] artifact) {
    String name = new WireMessage(artifact).text(FieldNumbers.ARTIFACT_NAME);
    boolean jar = name.startsWith(JARS);
    if (jar) {
      names.add(name);
    }
    return jar;
  }

  /**
   * The response with the jars in it.
   *
   * @param whole whether a jar has come as it was sent
   */
  byte[] response(byte[] message, Predicate<String> whole) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(message);
    for (String name : names) {
      ByteArrayOutputStream summary = new ByteArrayOutputStream();
      summary.writeBytes(WireMessage.EMPTY.with(FieldNumbers.ARTIFACT_NAME, name).bytes());
      if (whole.test(name)) {
        summary.writeBytes(TRUE);
      }
      out.writeBytes(
          WireMessage.EMPTY.with(FieldNumbers.RESPONSE_ARTIFACT, summary.toByteArray()).bytes());
    }
    return out.toByteArray();
  }
}
