package dev.graft.spark;

import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Connects the host with the classes that it writes for the running Spark line. Those classes are
 * defined beside this one, since Spark looks them up by name on its own class path; the handlers
 * that they call come from the host, behind the nested loader.
 *
 * <p>Handlers are set before Spark can call them, for one context at a time: Spark has at most one
 * in a JVM. Safe for use by several threads.
 */
public final class Bridge {
  /** Answers one call from Spark. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Answers.
     *
     * @param extension the {@code Any}, as the running Spark line passes it: its bytes, or an
     *     object of Spark's relocated class
     * @param planner Spark's planner
     * @return what the line's plugin interface wants
     */
    Object handle(Object extension, Object planner);
  }

  /**
   * Stands between gRPC and Spark's service on a line whose planners don't know the call that they
   * serve.
   */
  @FunctionalInterface
  public interface Interceptor {
    /**
     * See {@code io.grpc.ServerInterceptor#interceptCall}, whose parameters and result these are.
     */
    Object intercept(Object call, Object headers, Object next);
  }

  private static volatile @Nullable Handler relation;
  private static volatile @Nullable Handler expression;
  private static volatile @Nullable Handler command;
  private static volatile @Nullable Interceptor interceptor;

  private Bridge() {}

  /** Sets the handlers. */
  public static void connect(Handler relation, Handler expression, Handler command) {
    Bridge.relation = relation;
    Bridge.expression = expression;
    Bridge.command = command;
  }

  /** Sets the interceptor. */
  public static void connect(Interceptor interceptor) {
    Bridge.interceptor = interceptor;
  }

  /** Forgets the handlers, and so the host that gave them. */
  public static void disconnect() {
    relation = null;
    expression = null;
    command = null;
    interceptor = null;
  }

  /** Called by the class in Spark's relation list. */
  public static Object relation(Object extension, Object planner) {
    return connected(relation).handle(extension, planner);
  }

  /** Called by the class in Spark's expression list. */
  public static Object expression(Object extension, Object planner) {
    return connected(expression).handle(extension, planner);
  }

  /** Called by the class in Spark's command list. */
  public static Object command(Object extension, Object planner) {
    return connected(command).handle(extension, planner);
  }

  /** Called by the class in Spark's interceptor list. */
  public static Object intercept(Object call, Object headers, Object next) {
    return connected(interceptor).intercept(call, headers, next);
  }

  /** The lookup by which the host defines classes in this package. */
  public static MethodHandles.Lookup lookup() {
    return MethodHandles.lookup();
  }

  /** Graft's jar. */
  public static Path jar() {
    return NestedClassLoader.jar();
  }

  private static <T> T connected(@Nullable T handler) {
    if (handler == null) {
      throw new IllegalStateException(
          "Graft is not started: add dev.graft.spark.GraftPlugin to spark.plugins");
    }
    return handler;
  }
}
