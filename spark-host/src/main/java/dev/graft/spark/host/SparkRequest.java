package dev.graft.spark.host;

import dev.graft.registry.Dispatcher;
import dev.graft.registry.PlanLowering;
import dev.graft.registry.RequestContext;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.HostFailure;
import dev.graft.registry.lowering.ExpansionBudget;
import dev.graft.spi.Engine;
import dev.graft.spi.Extension;
import dev.graft.spi.HostContext.Phase;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A request to Spark, which has one planner, while one of its extensions is answered. Used by the
 * thread that plans it.
 */
class SparkRequest implements RequestContext, Engine {
  private final Spark spark;
  private final Object planner;
  private final RequestState state;

  SparkRequest(Spark spark, Object planner, RequestState state) {
    this.spark = spark;
    this.planner = planner;
    this.state = state;
  }

  Object planner() {
    return planner;
  }

  ExpansionBudget budget() {
    return state.budget();
  }

  Dispatcher dispatcher() {
    return state.snapshot().dispatcher();
  }

  PlanLowering lowering() {
    return state.lowering();
  }

  @Override
  public String userId() {
    return spark.planners().userId(planner);
  }

  @Override
  public String sessionId() {
    return spark.planners().sessionId(planner);
  }

  @Override
  public Phase phase() {
    return spark.planners().phase(planner);
  }

  @Override
  public String hostName() {
    return "spark";
  }

  @Override
  public String connectVersion() {
    return spark.line().version();
  }

  /**
   * Forgets the schemas that were told: a command has run, and may have changed tables and views.
   */
  void forgetSchemas() {
    state.schemas().forget();
  }

  @Override
  public byte[] schema(Extension asker, byte[] relation) {
    return state
        .schemas()
        .answer(
            asker,
            relation,
            this,
            lowered -> asHost(() -> spark.schemas().of(session(), logicalPlan(lowered))));
  }

  @Override
  public Optional<Engine> engine() {
    return Optional.of(this);
  }

  @Override
  public Object session() {
    return spark.planners().session(planner);
  }

  @Override
  public Object relation(byte[] relation) {
    return asHost(() -> spark.objects().dataset(session(), logicalPlan(relation)));
  }

  @Override
  public Object expression(byte[] expression) {
    return asHost(() -> spark.objects().column(catalystExpression(expression)));
  }

  @Override
  public Object once(Object key, Supplier<?> maker) {
    Map<Object, Object> made =
        spark.planners().operationOfThread(planner).map(OperationMemory::of).orElse(state.made());
    Object known = made.get(key);
    if (known == null) {
      known = maker.get();
      made.put(key, known);
    }
    return known;
  }

  /** What Spark's planner makes of a serialised relation. */
  Object logicalPlan(byte[] relation) {
    return spark.planners().transformRelation(planner, spark.messages().relation(relation));
  }

  /** What Spark's planner makes of a serialised expression. */
  Object catalystExpression(byte[] expression) {
    return spark.planners().transformExpression(planner, spark.messages().expression(expression));
  }

  /** A refusal of what does not fit on the stack of Spark's planner and analyser. */
  static GraftException tooDeep(StackOverflowError overflow) {
    return new GraftException(
        ErrorCode.GRAFT_PLAN_TOO_DEEP,
        "The plan nests deeper than Spark's planner can follow on its stack. Cache or save an"
            + " intermediate result, or start the server with a larger stack (-Xss).",
        overflow);
  }

  /**
   * Marks failures of Spark as the host's own: what Spark says against an input is not the fault of
   * the plugin that asked for it.
   */
  static <T> T asHost(Supplier<T> work) {
    try {
      return work.get();
    } catch (StackOverflowError overflow) {
      throw tooDeep(overflow);
    } catch (GraftException | HostFailure | VirtualMachineError e) {
      throw e;
    } catch (Throwable e) { // also failed assertions in Spark, and classes of it that are missing
      throw new HostFailure(e);
    }
  }
}
