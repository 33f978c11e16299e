package dev.graft.spark.host;

import dev.graft.registry.Registry;
import dev.graft.registry.Snapshot;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.session.SessionKey;
import dev.graft.registry.session.SessionPlugins;
import dev.graft.registry.session.SessionStatus;
import java.lang.invoke.MethodHandle;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.Iterable;
import scala.collection.Iterator;

/**
 * The plugins of Spark's Connect sessions, whose jars Spark keeps as artifacts of the session, from
 * 3.5 on. Spark says on its listener bus when a session is over, also when its client has not said
 * good-bye. Safe for use by several threads.
 */
final class SparkSessions extends SparkListener implements AutoCloseable {
  /** Spark's event at the end of a session; compared by name, since the driver may not have it. */
  private static final String CLOSED =
      "org.apache.spark.sql.connect.service.SparkListenerConnectSessionClosed";

  private static final Logger LOG = LoggerFactory.getLogger("dev.graft");

  private final Spark spark;
  private final Registry registry;
  private final SessionPlugins plugins;

  SparkSessions(Spark spark, Registry registry) {
    this.spark = spark;
    this.registry = registry;
    this.plugins = new SessionPlugins(registry);
    if (registry.current().configuration().sessions().on()
        && spark.line().plannersKnowNoRequest()) {
      LOG.warn(
          "spark.graft.sessions.plugins is of no effect: Spark {} has no artifacts of sessions",
          spark.line().version());
    }
  }

  /** The snapshot that a planner's request begins with. */
  Snapshot snapshot(Object planner) {
    PlannerAccess planners = spark.planners();
    return plugins.of(
        () -> new SessionKey(planners.userId(planner), planners.sessionId(planner)),
        () -> planners.artifacts(planner).map(SparkSessions::jars).orElse(List.of()));
  }

  /** Those that have plugins of their own. */
  List<SessionStatus> status() {
    return plugins.status();
  }

  /** A planner's request is refused. */
  void refused(GraftException refusal, Object planner) {
    PlannerAccess planners = spark.planners();
    registry
        .failures()
        .add(refusal.code(), refusal.text(), planners.userId(planner), planners.sessionId(planner));
  }

  /** The jars among a session's artifacts. */
  private static List<Path> jars(Object artifacts) {
    MethodHandle added =
        Handles.method(artifacts.getClass(), "getAddedJars", 0)
            .or(() -> Handles.method(artifacts.getClass(), "getSparkConnectAddedJars", 0))
            .orElseThrow();
    List<Path> jars = new ArrayList<>();
    Iterator<?> urls = ((Iterable<?>) Handles.call(added, artifacts)).iterator();
    while (urls.hasNext()) {
      jars.add(Path.of(URI.create(((URL) urls.next()).toString())));
    }
    return jars;
  }

  @Override
  public void onOtherEvent(SparkListenerEvent event) {
    if (event.getClass().getName().equals(CLOSED)) {
      plugins.end(new SessionKey(text(event, "userId"), text(event, "sessionId")));
    }
  }

  private static String text(Object event, String property) {
    return String.valueOf(Handles.call(Handles.need(event.getClass(), property, 0), event));
  }

  @Override
  public void close() {
    plugins.close();
  }
}
