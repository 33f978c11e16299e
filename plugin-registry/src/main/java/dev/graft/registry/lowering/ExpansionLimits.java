package dev.graft.registry.lowering;

/**
 * How much one request may grow by expansion.
 *
 * @param depth how many answers may be inside one another: an answer to an extension that the
 *     client wrote has depth 1, an answer to an extension in that answer depth 2; at least 1
 * @param nodes how many relations, expressions and commands all answers may hold together; at least
 *     1
 * @param bytes how many bytes all answers may hold together; at least 1. Each level of nested
 *     extensions hands on what it holds, so a client could otherwise make a server keep its plan as
 *     many times as it nests
 * @param keyPrefix what the host's configuration keys begin with, for the texts of refusals
 */
public record ExpansionLimits(int depth, int nodes, int bytes, String keyPrefix) {
  /** The configuration key of {@link #depth()}, without the host's prefix. */
  public static final String DEPTH_KEY = "graft.limits.expansion-depth";

  /** The configuration key of {@link #nodes()}, without the host's prefix. */
  public static final String NODES_KEY = "graft.limits.expansion-nodes";

  /** The configuration key of {@link #bytes()}, without the host's prefix. */
  public static final String BYTES_KEY = "graft.limits.expansion-bytes";

  /** As much as Spark takes for a plan ({@code spark.connect.maxPlanSize}): 512 MiB. */
  public static final int DEFAULT_BYTES = 512 << 20;

  /** As deep as Spark reads plans, since a client may nest its extensions that deep. */
  public static final ExpansionLimits DEFAULT = new ExpansionLimits(1024, 100_000);

  public ExpansionLimits {
    if (depth < 1 || nodes < 1 || bytes < 1) {
      throw new IllegalArgumentException(
          "Expansion limits are at least 1, not " + depth + ", " + nodes + " and " + bytes);
    }
  }

  /** Limits of a host whose keys begin with {@code spark.}, with {@link #DEFAULT_BYTES}. */
  public ExpansionLimits(int depth, int nodes) {
    this(depth, nodes, DEFAULT_BYTES, "spark.");
  }
}
