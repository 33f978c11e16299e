package dev.graft.gateway.connect;

import dev.graft.gateway.access.Credentials;
import dev.graft.gateway.proxy.Backend;
import dev.graft.gateway.proxy.CallTap;
import dev.graft.gateway.proxy.Rewriter;
import dev.graft.gateway.session.SessionJars;
import dev.graft.registry.lowering.Lowering;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/** The methods of {@code spark.connect.SparkConnectService} whose requests are read. */
public final class ConnectMethods {
  private static final String SERVICE = "spark.connect.SparkConnectService/";
  static final String EXECUTE_PLAN = SERVICE + "ExecutePlan";
  static final String ANALYZE_PLAN = SERVICE + "AnalyzePlan";
  static final String REATTACH_EXECUTE = SERVICE + "ReattachExecute";
  static final String CONFIG = SERVICE + "Config";
  static final String ADD_ARTIFACTS = SERVICE + "AddArtifacts";
  static final String RELEASE_SESSION = SERVICE + "ReleaseSession";
  static final String CLONE_SESSION = SERVICE + "CloneSession";

  /** The methods for which it matters whose a call is. */
  public static final Set<String> OF_USERS =
      Set.of(
          ANALYZE_PLAN,
          EXECUTE_PLAN,
          REATTACH_EXECUTE,
          ADD_ARTIFACTS,
          RELEASE_SESSION,
          CLONE_SESSION);

  /** How many times each byte of a decompressed plan is counted against memory. */
  public static final int COPIES_OF_COMPRESSED = Zstandard.COPIES;

  /** How many bytes of answers to commands are kept: a sixteenth of the heap, at most 64 MiB. */
  private static final long ANSWER_BYTES =
      Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 16);

  private ConnectMethods() {}

  /**
   * What rewrites their requests, by full method name.
   *
   * @param version the backend's
   * @param maxMessageBytes how large a message may be that goes to the backend
   * @param maxPlanBytes how large a compressed plan may become; larger ones are refused
   * @param patience for the backend's answer to a question that lowering depends on
   * @param wait is told while the backend is waited for
   * @param hidden the settings of the backend whose values no client may read
   */
  public static Map<String, Rewriter> rewriters(
      SessionJars sessions,
      Lowering lowering,
      Backend backend,
      BackendVersion version,
      int maxMessageBytes,
      int maxPlanBytes,
      Duration patience,
      BackendWait wait,
      HiddenSettings hidden) {
    PlanRequests plans =
        new PlanRequests(
            sessions,
            lowering,
            version,
            new BackendSchemas(backend, patience, wait),
            maxMessageBytes,
            maxPlanBytes);
    CommandAnswers answers = new CommandAnswers(ANSWER_BYTES);
    return Map.of(
        ANALYZE_PLAN, new AnalyzeRewriter(plans),
        CONFIG, new ConfigRewriter(hidden),
        EXECUTE_PLAN, new ExecuteRewriter(plans, new CommandLowering(plans), answers),
        REATTACH_EXECUTE, new ReattachRewriter(answers));
  }

  /**
   * What looks at methods whose calls pass as they are: those that bring or end jars of sessions.
   */
  public static Map<String, CallTap.Factory> taps(SessionJars sessions) {
    return sessions.on()
        ? Map.of(
            ADD_ARTIFACTS,
            () -> new RefusingTap(sessions.upload(Credentials.ofCall())),
            RELEASE_SESSION,
            () -> new RefusingTap(sessions.release(Credentials.ofCall())),
            CLONE_SESSION,
            () -> new RefusingTap(sessions.clone(Credentials.ofCall())))
        : Map.of();
  }

  /** The methods whose calls may wait for the jars of sessions, and who calls their listeners. */
  public static Map<String, Executor> threads(SessionJars sessions) {
    return taps(sessions).keySet().stream()
        .collect(Collectors.toMap(method -> method, method -> sessions.threads()));
  }
}
