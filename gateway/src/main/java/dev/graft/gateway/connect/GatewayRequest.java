package dev.graft.gateway.connect;

import dev.graft.gateway.memory.Share;
import dev.graft.registry.Dispatcher;
import dev.graft.registry.PlanLowering;
import dev.graft.registry.RequestContext;
import dev.graft.registry.SchemaQuestions;
import dev.graft.registry.lowering.ExpansionBudget;
import dev.graft.spi.Engine;
import dev.graft.spi.Extension;
import dev.graft.spi.HostContext.Phase;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A request that came through the gateway, as far as plugins may know it, and what it has spent.
 * Used by the thread that rewrites it.
 *
 * @param version asks for the backend's version
 * @param dispatcher asks the plugins of the snapshot that the request began with
 * @param lowering replaces extensions by the answers of those plugins
 * @param budget what is left for the request
 * @param questions what its plugins asked about relations
 * @param memory counts what the request takes of the memory budget
 * @param backend tells the schema of a relation without extensions
 */
record GatewayRequest(
    String userId,
    String sessionId,
    Phase phase,
    Supplier<String> version,
    Dispatcher dispatcher,
    PlanLowering lowering,
    ExpansionBudget budget,
    SchemaQuestions questions,
    Share memory,
    UnaryOperator<byte[]> backend)
    implements RequestContext {
  static final String HOST_NAME = "gateway";

  @Override
  public String hostName() {
    return HOST_NAME;
  }

  @Override
  public String connectVersion() {
    return version.get();
  }

  @Override
  public byte[] schema(Extension asker, byte[] relation) {
    long before = memory.taken();
    try {
      return questions.answer(asker, relation, this, backend);
    } finally {
      memory.shrinkTo(before); // what was lowered to ask is needed no more
    }
  }

  @Override
  public Optional<Engine> engine() {
    return Optional.empty();
  }
}
