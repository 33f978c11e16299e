package dev.graft.spi;

/**
 * The engine around a host, for native plugins. Objects are of the engine's own classes; inside
 * Spark those are Spark's public ones, which a native plugin shares with the server.
 */
public interface Engine {
  /** The session of the request; inside Spark a {@code SparkSession}. */
  Object session();

  /**
   * The engine's form of a relation; inside Spark a {@code Dataset<Row>}.
   *
   * @param relation a serialised {@code spark.connect.Relation}; extensions inside it are answered
   *     as anywhere else
   */
  Object relation(byte[] relation);

  /**
   * The engine's form of an expression; inside Spark a {@code Column}.
   *
   * @param expression a serialised {@code spark.connect.Expression}; extensions inside it are
   *     answered as anywhere else
   */
  Object expression(byte[] expression);
}
