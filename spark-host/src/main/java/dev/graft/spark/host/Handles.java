package dev.graft.spark.host;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds Spark's public methods by name. Their parameter types are Spark's relocated ones, which
 * Graft cannot name.
 */
final class Handles {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();

  /** What has been looked for: some dozens of Spark's methods, and those that a line lacks. */
  private static final Map<Wanted, Optional<MethodHandle>> FOUND = new ConcurrentHashMap<>();

  private record Wanted(Class<?> type, String name, int parameters) {}

  private Handles() {}

  /** The class of this name in Spark. */
  static Class<?> classOf(ClassLoader spark, String name) {
    return find(spark, name)
        .orElseThrow(() -> new IllegalStateException("This Spark has no class " + name));
  }

  /** The class of this name in Spark, where the line has it. */
  static Optional<Class<?>> find(ClassLoader spark, String name) {
    try {
      return Optional.of(Class.forName(name, true, spark));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * A public method by name and number of parameters, static or not; a receiver, if any, is the
   * handle's first parameter. Each is looked for once: to go through a class of Spark's takes as
   * long as hundreds of calls.
   */
  static Optional<MethodHandle> method(Class<?> type, String name, int parameters) {
    Wanted wanted = new Wanted(type, name, parameters);
    Optional<MethodHandle> found = FOUND.get(wanted);
    return found != null ? found : FOUND.computeIfAbsent(wanted, Handles::find);
  }

  private static Optional<MethodHandle> find(Wanted wanted) {
    return Arrays.stream(wanted.type().getMethods())
        .filter(
            method ->
                method.getName().equals(wanted.name())
                    && method.getParameterCount() == wanted.parameters()
                    && !method.isBridge())
        .findFirst()
        .map(Handles::handle);
  }

  /** A public method by name and number of parameters, which every line has. */
  static MethodHandle need(Class<?> type, String name, int parameters) {
    return method(type, name, parameters)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "This Spark's "
                        + type.getName()
                        + " has no method "
                        + name
                        + " with "
                        + parameters
                        + " parameters"));
  }

  static MethodHandle handle(Method method) {
    try {
      return LOOKUP.unreflect(method);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(method + " is not reachable", e);
    }
  }

  /** The one instance of a Scala object. */
  static Object module(Class<?> type) {
    try {
      return type.getField("MODULE$").get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName() + " is no Scala object", e);
    }
  }

  /** Calls a handle; whatever the method throws is thrown as it is. */
  static Object call(MethodHandle handle, Object... arguments) {
    try {
      return handle.invokeWithArguments(arguments);
    } catch (Throwable failure) {
      throw asItIs(failure);
    }
  }

  /** Throws a failure as it is; Scala's exceptions are unchecked, whatever Java calls them. */
  static RuntimeException asItIs(Throwable failure) {
    throw Handles.<RuntimeException>cast(failure);
  }

  @SuppressWarnings({
    "unchecked",
    "TypeParameterUnusedInFormals"
  }) // the point is that nothing is checked
  private static <E extends Throwable> E cast(Throwable failure) throws E {
    throw (E) failure;
  }
}
