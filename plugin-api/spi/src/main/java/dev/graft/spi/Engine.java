package dev.graft.spi;

import java.util.function.Supplier;

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

  /**
   * A thing that is made once for the operation that the request belongs to, however often the
   * engine analyses the plan meanwhile. Where there is no operation, as when a client only asks for
   * a schema, it is made once for the analysis. It is kept until the operation or analysis ends,
   * for the extension that is answered.
   *
   * @param key tells things of one extension apart; compared by {@code equals}
   * @param maker is called at most once for each extension and key; what it throws is thrown on,
   *     and nothing is kept
   */
  default Object once(Object key, Supplier<?> maker) {
    return maker.get();
  }
}
