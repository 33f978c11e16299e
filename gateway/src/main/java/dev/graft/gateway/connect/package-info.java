/**
 * What the gateway knows of {@code spark.connect.SparkConnectService}: which requests hold plans,
 * how extensions in them are lowered, and how a command extension is answered.
 *
 * <p><b>Relations and expressions</b> are replaced in the request's bytes, by the same lowering as
 * inside Spark.
 *
 * <p><b>Compressed plans</b>, which clients of Spark 4.1 and later send above 10 MB, are
 * decompressed within a limit and lowered. Where nothing is replaced the very bytes that came go
 * on; otherwise the operation is compressed again. What cannot be decompressed goes on as it is:
 * the backend says why, and PySpark stops compressing at its answer.
 *
 * <p><b>Commands</b> are always run by the backend, never by the gateway alone, so that the
 * operation that the client sees is a real one: it can be interrupted, tagged, reattached to and
 * released, and its responses carry the ids that the backend gives. There are two cases:
 *
 * <ul>
 *   <li>a command that stands for standard ones: the last of them takes the extension's place in
 *       the client's request; those before it are run first, each as an operation of its own in the
 *       same session, and their responses are dropped;
 *   <li>a command that answers with rows, with a message or with nothing: a standard command that
 *       does nothing, a {@link dev.graft.gateway.connect.Placeholder}, takes its place. Every Spark
 *       line answers that with a {@code SqlCommandResult} and runs no job for it. In that response
 *       the gateway puts the plugin's answer in the place of the result. The answer is kept for
 *       some minutes by the placeholder's mark, which the response repeats, since a client whose
 *       connection was cut reattaches and gets the same response again.
 * </ul>
 */
@NullMarked
package dev.graft.gateway.connect;

import org.jspecify.annotations.NullMarked;
