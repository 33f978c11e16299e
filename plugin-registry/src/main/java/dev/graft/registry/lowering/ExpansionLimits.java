package dev.graft.registry.lowering;

/**
 * How much one request may grow by expansion.
 *
 * @param depth how many answers may be inside one another: an answer to an extension that the
 *     client wrote has depth 1, an answer to an extension in that answer depth 2; at least 1
 * @param nodes how many relations, expressions and commands all answers may hold together; at least
 *     1
 * @param keyPrefix what the host's configuration keys begin with, for the texts of refusals
 */
public record ExpansionLimits(int depth, int nodes, String keyPrefix) {
  /** The configuration key of {@link #depth()}, without the host's prefix. */
  public static final String DEPTH_KEY = "graft.limits.expansion-depth";

  /** The configuration key of {@link #nodes()}, without the host's prefix. */
  public static final String NODES_KEY = "graft.limits.expansion-nodes";

  /** As deep as Spark reads plans, since a client may nest its extensions that deep. */
  public static final ExpansionLimits DEFAULT = new ExpansionLimits(1024, 100_000);

  public ExpansionLimits {
    if (depth < 1 || nodes < 1) {
      throw new IllegalArgumentException(
          "Expansion limits are at least 1, not " + depth + " and " + nodes);
    }
  }

  /** Limits of a host whose keys begin with {@code spark.}. */
  public ExpansionLimits(int depth, int nodes) {
    this(depth, nodes, "spark.");
  }
}
