package dev.graft.registry.lowering;

/**
 * How much the plugins of one request may ask about schemas.
 *
 * @param depth how many questions may be inside one another: the relation that a plugin asks about
 *     may hold extensions whose plugins ask in turn; at least 1. Each takes a part of the thread's
 *     stack, which is why there can be fewer of them than nested answers
 * @param questions how many relations may be asked about; asking about one again does not count; at
 *     least 1
 * @param bytes how many bytes the schemas that are kept may hold together; at least 1
 * @param keyPrefix what the host's configuration keys begin with, for the texts of refusals
 */
public record SchemaLimits(int depth, int questions, int bytes, String keyPrefix) {
  /** The configuration key of {@link #depth()}, without the host's prefix. */
  public static final String DEPTH_KEY = "graft.limits.schema-depth";

  /** The configuration key of {@link #questions()}, without the host's prefix. */
  public static final String QUESTIONS_KEY = "graft.limits.schema-questions";

  /** The configuration key of {@link #bytes()}, without the host's prefix. */
  public static final String BYTES_KEY = "graft.limits.schema-bytes";

  /**
   * Deeper than people nest. In a gateway, 100 questions take a quarter of the usual stack of 1
   * MiB. Inside Spark 4.x, where each is an analysis, they take nearly all of it, unless Graft
   * knows where the messages hold their inputs: then these are analysed one after the other, not
   * inside one another.
   */
  public static final int DEFAULT_DEPTH = 100;

  /** Each costs an analysis, some milliseconds of the server's time. */
  public static final int DEFAULT_QUESTIONS = 1_000;

  /** 64 MiB: a column takes some 20 bytes and its name. */
  public static final int DEFAULT_BYTES = 64 << 20;

  public SchemaLimits {
    if (depth < 1 || questions < 1 || bytes < 1) {
      throw new IllegalArgumentException(
          "Schema limits are at least 1, not " + depth + ", " + questions + " and " + bytes);
    }
  }
}
