package dev.graft.gateway.connect;

import dev.graft.registry.PlanLowering;
import dev.graft.registry.Registry;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.HostFailure;
import dev.graft.registry.lowering.ConnectType;
import dev.graft.registry.lowering.ExpansionBudget;
import dev.graft.registry.lowering.ExpansionLimits;
import dev.graft.registry.lowering.Lowering;
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
  private final ExpansionLimits limits;
  private final int maxPlanBytes;

  PlanRequests(Registry registry, Lowering lowering, BackendVersion version, int maxPlanBytes) {
    this.maxPlanBytes = maxPlanBytes;
    this.lowering = new PlanLowering(lowering, registry.dispatcher());
    this.version = version;
    this.limits = registry.expansionLimits();
  }

  GatewayRequest context(byte[] request, Phase phase, Metadata headers) {
    WireMessage message = new WireMessage(request);
    return GatewayRequest.of(message, phase, () -> version.get(message, headers));
  }

  ExpansionBudget budget() {
    return new ExpansionBudget(limits);
  }

  byte[] lower(ConnectType type, byte[] node, GatewayRequest request, ExpansionBudget budget) {
    return lowering.lower(type, node, request, budget);
  }

  /** What is compressed in a plan; empty if nothing is that can be decompressed here. */
  Optional<CompressedPlan> decompress(WireMessage plan) {
    return CompressedPlan.read(plan, maxPlanBytes);
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
