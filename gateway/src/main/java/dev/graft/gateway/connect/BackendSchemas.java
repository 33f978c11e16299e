package dev.graft.gateway.connect;

import dev.graft.gateway.proxy.Backend;
import dev.graft.registry.descriptor.FieldNumbers;
import dev.graft.registry.error.HostFailure;
import dev.graft.registry.wire.WireMessage;
import dev.graft.spi.HostContext.Phase;
import dev.graft.spi.SchemaUnavailableException;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks the backend for the schemas of relations, as the client of a request would ask. Safe for use
 * by several threads, none of them an event loop's.
 */
final class BackendSchemas {
  private final Backend backend;
  private final Duration patience;
  private final BackendWait wait;

  /**
   * Schemas of a backend.
   *
   * @param patience for one answer; whoever lowers a plan may give up earlier
   * @param wait is told while the backend is waited for
   */
  BackendSchemas(Backend backend, Duration patience, BackendWait wait) {
    this.backend = backend;
    this.patience = patience;
    this.wait = wait;
  }

  /**
   * The schema of a relation.
   *
   * @param relation serialised, without extensions
   * @param request an {@code ExecutePlanRequest} while executing, or else an {@code
   *     AnalyzePlanRequest}: the question is asked in its session, for its user
   * @param headers the request's, by which its client may authenticate itself to the backend
   * @return a serialised {@code spark.connect.DataType}
   * @throws HostFailure with the backend's status, if it refuses or does not answer
   * @throws SchemaUnavailableException if its answer has no schema
   */
  byte[] ask(byte[] relation, WireMessage request, Phase phase, Metadata headers) {
    byte[] question = question(relation, request, phase);
    byte[] answer;
    try {
      answer =
          wait.during(() -> backend.call(ConnectMethods.ANALYZE_PLAN, question, headers, patience));
    } catch (StatusRuntimeException e) {
      throw new HostFailure(e);
    }
    return new WireMessage(answer)
        .message(FieldNumbers.ANALYZED_SCHEMA)
        .field(FieldNumbers.SCHEMA_TYPE)
        .orElseThrow(
            () ->
                new SchemaUnavailableException(
                    GatewayRequest.HOST_NAME,
                    "The server behind it answers AnalyzePlan without a schema. Use a server that tells schemas."));
  }

  private static byte[] question(byte[] relation, WireMessage request, Phase phase) {
    WireMessage question =
        WireMessage.EMPTY
            .with(FieldNumbers.SESSION_ID, request.text(FieldNumbers.SESSION_ID))
            .with(FieldNumbers.USER_CONTEXT, request.message(FieldNumbers.USER_CONTEXT).bytes());
    // Without the observed session id, a server that has lost the session would begin another one
    // under the same id, and answer from that.
    Optional<byte[]> observed =
        request.field(
            phase == Phase.EXECUTION
                ? FieldNumbers.EXECUTE_OBSERVED_SESSION_ID
                : FieldNumbers.ANALYZE_OBSERVED_SESSION_ID);
    if (observed.isPresent()) {
      question = question.with(FieldNumbers.ANALYZE_OBSERVED_SESSION_ID, observed.get());
    }
    byte[] plan = WireMessage.EMPTY.with(FieldNumbers.PLAN_ROOT, relation).bytes();
    byte[] schema = WireMessage.EMPTY.with(FieldNumbers.SCHEMA_PLAN, plan).bytes();
    return question.with(FieldNumbers.ANALYZE_SCHEMA, schema).bytes();
  }
}
