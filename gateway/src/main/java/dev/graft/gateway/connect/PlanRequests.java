package dev.graft.gateway.connect;

import dev.graft.registry.PlanLowering;
import dev.graft.registry.Registry;
import dev.graft.registry.SchemaQuestions;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.HostFailure;
import dev.graft.registry.lowering.ConnectType;
import dev.graft.registry.lowering.ExpansionBudget;
import dev.graft.registry.lowering.ExpansionLimits;
import dev.graft.registry.lowering.Lowering;
import dev.graft.registry.lowering.SchemaLimits;
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

  /** What the plugin's author must see, with where in the code it arose. */
  private static final Set<ErrorCode> OF_PLUGINS =
      EnumSet.of(
          ErrorCode.GRAFT_PLUGIN_FAILED,
          ErrorCode.GRAFT_PLUGIN_LINKAGE,
          ErrorCode.GRAFT_PLUGIN_STACK_OVERFLOW,
          ErrorCode.GRAFT_ANSWER_INVALID);

  private final PlanLowering lowering;
  private final BackendVersion version;
  private final BackendSchemas schemas;
  private final ExpansionLimits limits;
  private final SchemaLimits schemaLimits;
  private final int maxPlanBytes;
  private final PlanBytes memory = PlanBytes.ofHeap();

  PlanRequests(
      Registry registry,
      Lowering lowering,
      BackendVersion version,
      BackendSchemas schemas,
      int maxPlanBytes) {
    this.maxPlanBytes = maxPlanBytes;
    if (!memory.fits(maxPlanBytes)) {
      LOG.info(
          "{} is {}, and this heap has no room for a compressed plan that becomes so large: it would be"
              + " refused. Give Java a heap of six times as much, or lower it.",
          CompressedPlan.MOST_BYTES_KEY,
          maxPlanBytes);
    }
    this.lowering = new PlanLowering(lowering, registry.dispatcher());
    this.version = version;
    this.schemas = schemas;
    this.limits = registry.expansionLimits();
    this.schemaLimits = registry.schemaLimits();
  }

  /** The memory of one request; to be closed when it has been rewritten. */
  PlanBytes.Share memory() {
    return memory.share();
  }

  /** The request in a message that has Connect's usual first fields. */
  GatewayRequest begin(byte[] request, Phase phase, Metadata headers, PlanBytes.Share memory) {
    WireMessage message = new WireMessage(request);
    ExpansionBudget budget = new ExpansionBudget(limits);
    return new GatewayRequest(
        message.message(Fields.USER_CONTEXT).text(Fields.USER_ID),
        message.text(Fields.SESSION_ID),
        phase,
        () -> version.get(message, headers),
        budget,
        new SchemaQuestions(lowering, budget, schemaLimits),
        memory,
        relation -> schemas.ask(relation, message, phase, headers));
  }

  byte[] lower(ConnectType type, byte[] node, GatewayRequest request) {
    return lowering.lower(type, node, request, request.budget());
  }

  /** What is compressed in a plan; empty if nothing is that can be decompressed here. */
  Optional<CompressedPlan> decompress(WireMessage plan, GatewayRequest request) {
    return CompressedPlan.read(plan, maxPlanBytes, request.memory());
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
