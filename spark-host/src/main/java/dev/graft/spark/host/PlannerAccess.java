package dev.graft.spark.host;

import dev.graft.spi.HostContext.Phase;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import scala.Option;

/**
 * What Spark's planner can do and tell. It tells more with each line: 3.4 knows the session alone,
 * 3.5 its holder, 4.0 the execution that the plan belongs to. Where the planner is silent, {@link
 * CallsInProgress} knows from the call itself.
 */
final class PlannerAccess {
  /**
   * Stands before the operation's id in the tag that Spark 3.5 puts on the jobs of an execution.
   */
  private static final String OPERATION = "_Operation_";

  private static final String TAG = "SparkConnect_OperationTag_";

  private final MethodHandle session;
  private final MethodHandle transformRelation;
  private final MethodHandle transformExpression;
  private final MethodHandle process;
  private final @Nullable MethodHandle sessionHolder;
  private final @Nullable MethodHandle executeHolder;
  private final CallsInProgress calls;

  PlannerAccess(ClassLoader spark, CallsInProgress calls) {
    Class<?> planner =
        Handles.classOf(spark, "org.apache.spark.sql.connect.planner.SparkConnectPlanner");
    this.session = Handles.need(planner, "session", 0);
    this.transformRelation = Handles.need(planner, "transformRelation", 1);
    this.transformExpression = Handles.need(planner, "transformExpression", 1);
    this.process =
        Handles.method(planner, "process", 2).orElseGet(() -> Handles.need(planner, "process", 3));
    this.sessionHolder = Handles.method(planner, "sessionHolder", 0).orElse(null);
    this.executeHolder = Handles.method(planner, "executeHolderOpt", 0).orElse(null);
    this.calls = calls;
  }

  Object session(Object planner) {
    return Handles.call(session, planner);
  }

  /** The logical plan of one of Spark's own relation messages. */
  Object transformRelation(Object planner, Object relation) {
    return Handles.call(transformRelation, planner, relation);
  }

  /** The Catalyst expression of one of Spark's own expression messages. */
  Object transformExpression(Object planner, Object expression) {
    return Handles.call(transformExpression, planner, expression);
  }

  String userId(Object planner) {
    return sessionHolder == null
        ? calls.userId()
        : text(Handles.call(sessionHolder, planner), "userId");
  }

  String sessionId(Object planner) {
    return sessionHolder == null
        ? calls.sessionId()
        : text(Handles.call(sessionHolder, planner), "sessionId");
  }

  /** The operation's id; empty while analysing, and in Spark 3.4, which has none. */
  String operationId(Object planner) {
    return execution(planner).map(holder -> text(holder, "operationId")).orElse("");
  }

  /** The server's id of the session, which clients compare from 4.0 on; empty before. */
  String serverSessionId(Object planner) {
    if (sessionHolder == null) {
      return "";
    }
    Object holder = Handles.call(sessionHolder, planner);
    return Handles.method(holder.getClass(), "serverSessionId", 0)
        .map(handle -> String.valueOf(Handles.call(handle, holder)))
        .orElse("");
  }

  /** What holds the artifacts of the planner's session; empty in Spark 3.4, which has none. */
  Optional<Object> artifacts(Object planner) {
    if (sessionHolder == null) {
      return Optional.empty();
    }
    Object holder = Handles.call(sessionHolder, planner);
    return Optional.of(Handles.call(Handles.need(holder.getClass(), "artifactManager", 0), holder));
  }

  Phase phase(Object planner) {
    if (sessionHolder == null) {
      return calls.phase();
    }
    // A planner that Graft made has no execution, but works for the one of its thread.
    return execution(planner).isPresent() || operationOfThread(planner).isPresent()
        ? Phase.EXECUTION
        : Phase.ANALYSIS;
  }

  /**
   * Where responses of the execution go, as Spark's own {@code StreamObserver}; empty where the
   * line does not let it be reached.
   */
  Optional<Object> responses(Object planner) {
    if (sessionHolder == null) {
      return calls.responses();
    }
    return execution(planner)
        .map(
            holder -> Handles.call(Handles.need(holder.getClass(), "responseObserver", 0), holder));
  }

  /**
   * Runs one of Spark's own command messages as part of the execution, which goes on afterwards.
   */
  void process(Object planner, Object command, Object responses) {
    if (sessionHolder == null) {
      Handles.call(process, planner, command, calls.sessionId(), responses);
      return;
    }
    Object execution = execution(planner).orElseThrow();
    Object events = Handles.call(Handles.need(execution.getClass(), "eventsManager", 0), execution);
    Object status = Handles.call(Handles.need(events.getClass(), "status", 0), events);
    if (executeHolder == null) {
      Handles.call(process, planner, command, responses, execution);
    } else {
      Handles.call(process, planner, command, responses);
    }
    // Spark marks an execution as finished when this command ends, and would refuse to finish it
    // again when the extension ends.
    Handles.call(Handles.need(events.getClass(), "status_", 1), events, status);
  }

  /** The holder of the execution that the plan belongs to; empty while analysing. */
  private Optional<Object> execution(Object planner) {
    if (executeHolder != null) {
      return optional(Handles.call(executeHolder, planner));
    }
    if (sessionHolder == null) {
      return Optional.empty();
    }
    // Spark 3.5 has no way from planner to execution, but names the operation in a tag of the
    // thread that runs it.
    return operationOfThread(planner)
        .flatMap(
            operation -> {
              Object holder = Handles.call(sessionHolder, planner);
              return optional(
                  Handles.call(
                      Handles.need(holder.getClass(), "executeHolder", 1), holder, operation));
            });
  }

  /** The id of the operation that this thread carries out; empty in Spark 3.4, which has none. */
  Optional<String> operationOfThread(Object planner) {
    Object spark = session(planner);
    Object context = Handles.call(Handles.need(spark.getClass(), "sparkContext", 0), spark);
    Object tags =
        Handles.call(
            Handles.need(context.getClass(), "getLocalProperty", 1), context, "spark.job.tags");
    if (tags == null) {
      return Optional.empty();
    }
    for (String tag : tags.toString().split(",", -1)) {
      int operation = tag.lastIndexOf(OPERATION);
      if (tag.startsWith(TAG) && operation > 0) {
        return Optional.of(tag.substring(operation + OPERATION.length()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Object> optional(Object option) {
    return ((Option<?>) option).isEmpty()
        ? Optional.empty()
        : Optional.of(((Option<?>) option).get());
  }

  private static String text(Object holder, String property) {
    return String.valueOf(Handles.call(Handles.need(holder.getClass(), property, 0), holder));
  }
}
