package dev.graft.gateway.connect;

import dev.graft.gateway.proxy.Rewriter;
import dev.graft.registry.lowering.ConnectType;
import dev.graft.registry.lowering.ExtensionSearch;
import dev.graft.spi.HostContext.Phase;
import io.grpc.Metadata;

/** {@code AnalyzePlan}: lowers the plans and bare relations in it. */
final class AnalyzeRewriter implements Rewriter {
  private final PlanRequests plans;

  AnalyzeRewriter(PlanRequests plans) {
    this.plans = plans;
  }

  @Override
  public boolean concerns(byte[] request) {
    return ExtensionSearch.mayHoldExtension(request);
  }

  @Override
  public Rewritten rewrite(byte[] request, Metadata headers) {
    return PlanRequests.orStatus(
        () ->
            Rewritten.request(
                plans.lower(
                    ConnectType.ANALYZE_PLAN_REQUEST,
                    request,
                    plans.context(request, Phase.ANALYSIS, headers),
                    plans.budget())));
  }
}
