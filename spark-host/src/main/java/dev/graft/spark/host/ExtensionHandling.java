package dev.graft.spark.host;

import dev.graft.registry.Dispatched;
import dev.graft.registry.Snapshot;
import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.HostFailure;
import dev.graft.registry.lowering.AnyExtension;
import dev.graft.registry.lowering.Lowering;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when Spark's planner meets an extension. Safe for use by several threads.
 *
 * <p>Commands are carried out on the spot. Relations and expressions are answered where the line
 * needs it: {@link AnsweredWhenPlanned} on 3.x, {@link AnsweredWhenAnalysed} from 4.0 on.
 */
abstract class ExtensionHandling implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft");

  private final Spark spark;
  private final SparkSessions sessions;
  private final RequestStates states;
  private final CommandResponses commandResponses;

  ExtensionHandling(Spark spark, SparkSessions sessions, Lowering lowering) {
    this.spark = spark;
    this.sessions = sessions;
    this.states =
        new RequestStates(planner -> RequestState.of(sessions.snapshot(planner), lowering));
    this.commandResponses = new CommandResponses(spark, this::forPlanner);
  }

  /** The logical plan that stands for a relation extension. */
  abstract Object relation(Object any, Object planner);

  /** The Catalyst expression that stands for an expression extension. */
  abstract Object expression(Object any, Object planner);

  @Override
  public final void close() {
    states.close();
  }

  /** Turns a plugin's standard node into one that Spark's planner can go on with. */
  abstract byte[] forPlanner(ConnectType type, byte[] node, SparkRequest request);

  /**
   * Whether the client of a planner's request understands error classes that are not in its own
   * list.
   */
  abstract boolean knowsCodes(Object planner);

  /** Carries out a command extension and sends what it answers. */
  final void command(Object any, Object planner) {
    refusable(
        planner,
        () -> {
          Extension extension =
              AnyExtension.read(ExtensionKind.COMMAND, SparkMessages.bytesOf(any));
          SparkRequest request = request(planner);
          return inside(
              request,
              extension,
              () -> {
                Dispatched dispatched = request.dispatcher().dispatch(extension, request);
                commandResponses.give(dispatched, request);
                return dispatched;
              });
        });
  }

  /** The request that a planner of Spark's belongs to. */
  final SparkRequest request(Object planner) {
    return new SparkRequest(spark, planner, states.of(planner));
  }

  /** The plugins that this request began with. */
  final Snapshot snapshot(Object planner) {
    return states.of(planner).snapshot();
  }

  static <T> T inside(SparkRequest request, Extension extension, Supplier<T> work) {
    request.budget().enter(extension.typeUrl());
    try {
      return work.get();
    } finally {
      request.budget().exit();
    }
  }

  /** Runs work for a planner of Spark's, which gets refusals in the form of its own errors. */
  final <T> T refusable(Object planner, Supplier<T> work) {
    try {
      return work.get();
    } catch (GraftException refusal) {
      throw refused(refusal, planner);
    } catch (HostFailure failure) {
      throw Handles.asItIs(failure.failure());
    } catch (StackOverflowError overflow) {
      throw refused(SparkRequest.tooDeep(overflow), planner);
    }
  }

  /** The client is told what is refused and why; what happened inside the server is in its log. */
  private RuntimeException refused(GraftException refusal, Object planner) {
    LOG.warn("Refused: {}", refusal.getMessage(), refusal);
    sessions.refused(refusal, planner);
    throw Handles.asItIs(spark.refusals().of(refusal, knowsCodes(planner)));
  }
}
