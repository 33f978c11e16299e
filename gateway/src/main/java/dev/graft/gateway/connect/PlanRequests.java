package dev.graft.gateway.connect;

import dev.graft.gateway.access.Credentials;
import dev.graft.gateway.memory.Share;
import dev.graft.gateway.session.SessionJars;
import dev.graft.registry.PlanLowering;
import dev.graft.registry.SchemaQuestions;
import dev.graft.registry.Snapshot;
import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.descriptor.FieldNumbers;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.HostFailure;
import dev.graft.registry.lowering.ExpansionBudget;
import dev.graft.registry.lowering.ExpansionRoom;
import dev.graft.registry.lowering.Lowering;
import dev.graft.registry.session.SessionKey;
import dev.graft.registry.wire.WireMessage;
import dev.graft.spi.HostContext.Phase;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What requests with plans have in common. Safe for use by several threads. */
final class PlanRequests {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft");

  private static final String MOST_MESSAGE_BYTES_KEY = "graft.gateway.max-message-bytes";

  /** Failures whose stack trace goes into the log, since the plugin's author needs it. */
  private static final Set<ErrorCode> OF_PLUGINS =
      EnumSet.of(
          ErrorCode.GRAFT_PLUGIN_FAILED,
          ErrorCode.GRAFT_PLUGIN_LINKAGE,
          ErrorCode.GRAFT_PLUGIN_STACK_OVERFLOW,
          ErrorCode.GRAFT_ANSWER_INVALID);

  private final SessionJars sessions;
  private final Lowering lowering;
  private final BackendVersion version;
  private final BackendSchemas schemas;
  private final int maxMessageBytes;
  private final int maxPlanBytes;

  PlanRequests(
      SessionJars sessions,
      Lowering lowering,
      BackendVersion version,
      BackendSchemas schemas,
      int maxMessageBytes,
      int maxPlanBytes) {
    this.maxMessageBytes = maxMessageBytes;
    this.maxPlanBytes = maxPlanBytes;
    this.sessions = sessions;
    this.lowering = lowering;
    this.version = version;
    this.schemas = schemas;
  }

  /** The request in a message that has Connect's usual first fields. */
  GatewayRequest begin(byte[] request, Phase phase, Metadata headers, Share memory) {
    WireMessage message = new WireMessage(request);
    String user = message.message(FieldNumbers.USER_CONTEXT).text(FieldNumbers.USER_ID);
    String session = message.text(FieldNumbers.SESSION_ID);
    Snapshot snapshot =
        sessions.snapshot(() -> new SessionKey(user, session, Credentials.ofCall()));
    PlanLowering plans = new PlanLowering(lowering, snapshot.dispatcher());
    ExpansionBudget budget =
        new ExpansionBudget(
            snapshot.expansionLimits(),
            new ExpansionRoom(maxMessageBytes, MOST_MESSAGE_BYTES_KEY, memory::take));
    return new GatewayRequest(
        user,
        session,
        phase,
        () -> version.get(message, headers),
        snapshot.dispatcher(),
        plans,
        budget,
        new SchemaQuestions(plans, budget, snapshot.schemaLimits()),
        memory,
        relation -> schemas.ask(relation, message, phase, headers));
  }

  byte[] lower(ConnectType type, byte[] node, GatewayRequest request) {
    return request.lowering().lower(type, node, request, request.budget());
  }

  /** What is compressed in a plan; empty if nothing is that can be decompressed here. */
  Optional<CompressedPlan> decompress(WireMessage plan, GatewayRequest request) {
    Optional<CompressedPlan> compressed = CompressedPlan.read(plan, maxPlanBytes, request.memory());
    compressed.ifPresent(
        found ->
            request
                .budget()
                .moveTo(
                    new ExpansionRoom(
                        maxPlanBytes, CompressedPlan.MOST_BYTES_KEY, request.memory()::take)));
    return compressed;
  }

  /**
   * Does work whose refusals the client gets as statuses.
   *
   * @throws StatusRuntimeException the refusal
   */
  static <T> T orStatus(Supplier<T> work) {
    try {
      return work.get();
    } catch (GraftException e) {
      if (OF_PLUGINS.contains(e.code())) {
        LOG.warn("{}", e.getMessage(), e.getCause());
      }
      throw RefusalStatus.of(e);
    } catch (HostFailure e) {
      throw e.failure() instanceof StatusRuntimeException status
          ? status
          : Status.INTERNAL.withCause(e).asRuntimeException();
    }
  }
}
