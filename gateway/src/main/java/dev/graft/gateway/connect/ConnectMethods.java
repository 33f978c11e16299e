package dev.graft.gateway.connect;

import dev.graft.gateway.proxy.Backend;
import dev.graft.gateway.proxy.Rewriter;
import dev.graft.registry.Registry;
import dev.graft.registry.lowering.Lowering;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** The methods of {@code spark.connect.SparkConnectService} whose requests are read. */
public final class ConnectMethods {
  private static final String SERVICE = "spark.connect.SparkConnectService/";
  static final String EXECUTE_PLAN = SERVICE + "ExecutePlan";
  static final String ANALYZE_PLAN = SERVICE + "AnalyzePlan";
  static final String REATTACH_EXECUTE = SERVICE + "ReattachExecute";
  static final String CONFIG = SERVICE + "Config";

  /** The methods for which it matters whose a call is. */
  public static final Set<String> OF_USERS = Set.of(ANALYZE_PLAN, EXECUTE_PLAN, REATTACH_EXECUTE);

  /** How many times each byte of a decompressed plan is counted against memory. */
  public static final int COPIES_OF_COMPRESSED = Zstandard.COPIES;

  /** How many bytes of answers to commands are kept: a sixteenth of the heap, at most 64 MiB. */
  private static final long ANSWER_BYTES =
      Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 16);

  private ConnectMethods() {}

  /**
   * What rewrites their requests, by full method name.
   *
   * @param maxMessageBytes how large a message may be that goes to the backend
   * @param maxPlanBytes how large a compressed plan may become; larger ones are refused
   * @param patience for the backend's answer to a question that lowering depends on
   * @param wait is told while the backend is waited for
   * @param hidden the settings of the backend whose values no client may read
   */
  public static Map<String, Rewriter> rewriters(
      Registry registry,
      Lowering lowering,
      Backend backend,
      int maxMessageBytes,
      int maxPlanBytes,
      Duration patience,
      BackendWait wait,
      HiddenSettings hidden) {
    PlanRequests plans =
        new PlanRequests(
            registry,
            lowering,
            new BackendVersion(backend, wait),
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
}
