package dev.graft.spark.host;

import dev.graft.registry.settings.RegistryConfiguration;
import dev.graft.spark.Bridge;
import dev.graft.spi.ExtensionKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.runtime.BoxedUnit;

/**
 * Fills Spark's own lists: with one class for each kind, instead of those that the operator named,
 * which Graft has read; and in Spark 3.4 with an interceptor before the others.
 */
final class SparkLists {
  private static final String PREFIX = "spark.";
  static final String INTERCEPTORS = "spark.connect.grpc.interceptor.classes";

  private final Spark spark;
  private final Map<ExtensionKind, String> classNames = new EnumMap<>(ExtensionKind.class);
  private @Nullable String interceptorName;

  private SparkLists(Spark spark) {
    this.spark = spark;
  }

  /** Writes the classes for the running line. Spark doesn't know of them yet. */
  static SparkLists write(Spark spark) {
    SparkLists lists = new SparkLists(spark);
    BridgeClasses classes = new BridgeClasses();
    for (ExtensionKind kind : ExtensionKind.values()) {
      Class<?> wanted = SparkOwnPlugins.interfaceOf(spark.loader(), kind);
      lists.classNames.put(
          kind, classes.write(wanted, "Graft" + wanted.getSimpleName(), kind.word()));
    }
    if (spark.line().plannersKnowNoRequest()) {
      CallInterception interception = new CallInterception(spark.loader(), spark.calls());
      Bridge.connect(interception::intercept);
      lists.interceptorName =
          classes.write(interception.interceptorType(), "GraftInterceptor", "intercept");
    }
    return lists;
  }

  /** Connects the classes with what they are to call, and tells Spark of them. */
  void putInPlace(SparkConf conf, ExtensionHandling handling) {
    boolean optional = resultType(ExtensionKind.RELATION) == Optional.class;
    Object handled =
        resultType(ExtensionKind.COMMAND) == boolean.class
            ? (Object) true
            : Option.apply(BoxedUnit.UNIT);
    Bridge.connect(
        (any, planner) -> wrap(handling.relation(any, planner), optional),
        (any, planner) -> wrap(handling.expression(any, planner), optional),
        (any, planner) -> {
          handling.command(any, planner);
          return handled;
        });
    classNames.forEach(
        (kind, className) ->
            conf.set(PREFIX + RegistryConfiguration.classListKey(kind), className));
    if (interceptorName != null) {
      add(conf, INTERCEPTORS, interceptorName);
    }
  }

  /** Puts a class before the others of a list, unless it is there already. */
  static void add(SparkConf conf, String list, String className) {
    String others = conf.get(list, "");
    if (!List.of(others.split(",", -1)).contains(className)) {
      conf.set(list, others.isBlank() ? className : className + "," + others);
    }
  }

  private Class<?> resultType(ExtensionKind kind) {
    Class<?> pluginInterface = SparkOwnPlugins.interfaceOf(spark.loader(), kind);
    return Handles.need(pluginInterface, SparkOwnPlugins.methodOf(kind), 2).type().returnType();
  }

  private static Object wrap(Object node, boolean optional) {
    return optional ? Optional.of(node) : Option.apply(node);
  }
}
