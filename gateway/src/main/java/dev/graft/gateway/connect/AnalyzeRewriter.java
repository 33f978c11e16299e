package dev.graft.gateway.connect;

import dev.graft.gateway.access.Caller;
import dev.graft.gateway.access.Credentials;
import dev.graft.gateway.memory.Share;
import dev.graft.gateway.proxy.Rewriter;
import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.descriptor.FieldNumbers;
import dev.graft.registry.lowering.ExtensionSearch;
import dev.graft.registry.wire.WireMessage;
import dev.graft.spi.HostContext.Phase;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import java.util.Set;

/** {@code AnalyzePlan}: lowers the plans and bare relations in it. */
final class AnalyzeRewriter implements Rewriter {
  private final PlanRequests plans;

  AnalyzeRewriter(PlanRequests plans) {
    this.plans = plans;
  }

  @Override
  public boolean concerns(byte[] request) {
    return ExtensionSearch.mayHoldExtension(request)
        || PlanPlaces.ANALYZE_PLAN_REQUEST.mayHoldCompressedPlan(request);
  }

  @Override
  public Set<String> sharers(byte[] request) {
    return Caller.read(ConnectMethods.ANALYZE_PLAN, request).sharers(Credentials.ofCall());
  }

  @Override
  public Rewritten rewrite(byte[] request, Metadata headers, Share memory) {
    return PlanRequests.orStatus(() -> Rewritten.request(lower(request, headers, memory)));
  }

  @Override
  public StatusRuntimeException refusal(byte[] request, StatusRuntimeException refusal) {
    return RefusalStatus.understood(refusal, request, FieldNumbers.ANALYZE_CLIENT_TYPE);
  }

  private byte[] lower(byte[] request, Metadata headers, Share memory) {
    GatewayRequest context = plans.begin(request, Phase.ANALYSIS, headers, memory);
    byte[] lowered = plans.lower(ConnectType.ANALYZE_PLAN_REQUEST, request, context);
    if (!PlanPlaces.ANALYZE_PLAN_REQUEST.mayHoldCompressedPlan(lowered)) {
      return lowered;
    }
    return PlanPlaces.ANALYZE_PLAN_REQUEST
        .change(new WireMessage(lowered), plan -> lower(plan, context))
        .bytes();
  }

  private WireMessage lower(WireMessage plan, GatewayRequest context) {
    return plans
        .decompress(plan, context)
        .map(found -> found.with(plans.lower(found.type(), found.operation(), context)))
        .orElse(plan);
  }
}
