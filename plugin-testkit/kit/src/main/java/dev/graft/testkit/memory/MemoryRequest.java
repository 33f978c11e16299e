package dev.graft.testkit.memory;

import dev.graft.registry.PlanLowering;
import dev.graft.registry.RequestContext;
import dev.graft.registry.SchemaQuestions;
import dev.graft.registry.error.HostFailure;
import dev.graft.registry.lowering.ExpansionBudget;
import dev.graft.registry.lowering.ExpansionLimits;
import dev.graft.registry.lowering.SchemaLimits;
import dev.graft.spi.Engine;
import dev.graft.spi.Extension;
import dev.graft.spi.HostContext;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A request that nobody sent. For one request and one thread. */
public final class MemoryRequest implements RequestContext {
  private final String hostName;
  private final String connectVersion;
  private final UnaryOperator<byte[]> schemas;
  private final ExpansionBudget budget = new ExpansionBudget(ExpansionLimits.DEFAULT);
  private final SchemaQuestions questions;

  /**
   * A request.
   *
   * @param schemas from a serialised relation to its schema, a serialised data type
   */
  public MemoryRequest(
      String hostName,
      String connectVersion,
      PlanLowering lowering,
      UnaryOperator<byte[]> schemas) {
    this.hostName = hostName;
    this.connectVersion = connectVersion;
    this.schemas = schemas;
    this.questions =
        new SchemaQuestions(
            lowering,
            budget,
            new SchemaLimits(
                SchemaLimits.DEFAULT_DEPTH,
                SchemaLimits.DEFAULT_QUESTIONS,
                SchemaLimits.DEFAULT_BYTES,
                "spark."));
  }

  /** How much the request may still grow. */
  public ExpansionBudget budget() {
    return budget;
  }

  @Override
  public byte[] schema(Extension asker, byte[] relation) {
    return questions.answer(asker, relation, this, this::tell);
  }

  /** Tells a schema. What goes wrong in that is not the plugin's fault. */
  private byte[] tell(byte[] relation) {
    try {
      return schemas.apply(relation);
    } catch (RuntimeException e) {
      throw new HostFailure(e);
    }
  }

  @Override
  public String userId() {
    return "tester";
  }

  @Override
  public String sessionId() {
    return "00000000-0000-4000-8000-000000000001";
  }

  @Override
  public HostContext.Phase phase() {
    return HostContext.Phase.EXECUTION;
  }

  @Override
  public String hostName() {
    return hostName;
  }

  @Override
  public String connectVersion() {
    return connectVersion;
  }

  @Override
  public Optional<Engine> engine() {
    return Optional.empty();
  }
}
