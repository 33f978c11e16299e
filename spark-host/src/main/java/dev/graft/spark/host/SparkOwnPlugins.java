package dev.graft.spark.host;

import dev.graft.registry.RequestContext;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.HostFailure;
import dev.graft.registry.invoke.CallWatch;
import dev.graft.registry.invoke.PluginConstruction;
import dev.graft.registry.invoke.PluginIdentity;
import dev.graft.registry.invoke.PluginOrigin;
import dev.graft.registry.invoke.Seam;
import dev.graft.registry.loading.Host;
import dev.graft.registry.loading.InterfaceCheck;
import dev.graft.registry.settings.RegistryConfiguration;
import dev.graft.registry.wire.WireMessage;
import dev.graft.spi.Answer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.spi.HostContext;
import dev.graft.spi.NativePlugin;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import scala.Option;

/**
 * Loads classes that implement Spark's own plugin interfaces, so that they can stand in one list
 * with Graft's.
 */
final class SparkOwnPlugins implements Host.OwnPlugins {
  private final ClassLoader spark;
  private final String title;

  /**
   * Loads plugins from Spark's class path.
   *
   * @param title the running Spark as people call it
   */
  SparkOwnPlugins(ClassLoader spark, String title) {
    this.spark = spark;
    this.title = title;
  }

  /** Spark's interface for a kind. */
  static Class<?> interfaceOf(ClassLoader spark, ExtensionKind kind) {
    String name =
        switch (kind) {
          case RELATION -> "RelationPlugin";
          case EXPRESSION -> "ExpressionPlugin";
          case COMMAND -> "CommandPlugin";
        };
    return Handles.classOf(spark, "org.apache.spark.sql.connect.plugin." + name);
  }

  /** The one method of Spark's interface for a kind. */
  static String methodOf(ExtensionKind kind) {
    return kind == ExtensionKind.COMMAND ? "process" : "transform";
  }

  @Override
  public Optional<ExtensionPlugin> load(String className, ExtensionKind kind)
      throws ReflectiveOperationException {
    Class<?> type;
    try {
      type = Class.forName(className, false, spark);
    } catch (LinkageError e) {
      return Optional.empty(); // needs classes that Spark's class path lacks: a Graft plugin
    }
    for (ExtensionKind other : ExtensionKind.values()) {
      if (interfaceOf(spark, other).isAssignableFrom(type)) {
        if (other != kind && !interfaceOf(spark, kind).isAssignableFrom(type)) {
          throw new GraftException(
              ErrorCode.GRAFT_WRONG_LIST,
              className
                  + " implements "
                  + interfaceOf(spark, other).getName()
                  + ", but stands in spark."
                  + RegistryConfiguration.classListKey(kind)
                  + ". Move it to spark."
                  + RegistryConfiguration.classListKey(other)
                  + ".");
        }
        InterfaceCheck.require(className, interfaceOf(spark, kind).getName(), spark, title);
        Object instance =
            PluginConstruction.instantiate(
                type, new Seam(identity(className), null, CallWatch.NONE));
        return Optional.of(new OwnPlugin(kind, instance));
      }
    }
    return Optional.empty();
  }

  private static PluginIdentity identity(String className) {
    return new PluginIdentity(className, new PluginOrigin("", "", "the server's class path"));
  }

  /**
   * One of Spark's own plugins in the terms of the waist. It decides for itself which messages it
   * wants.
   */
  private final class OwnPlugin implements NativePlugin {
    private final ExtensionKind kind;
    private final MethodHandle method;
    private final boolean takesBytes;

    OwnPlugin(ExtensionKind kind, Object instance) {
      this.kind = kind;
      MethodHandle unbound = Handles.need(interfaceOf(spark, kind), methodOf(kind), 2);
      this.takesBytes = unbound.type().parameterType(1) == byte[].class;
      this.method = unbound.bindTo(instance);
    }

    @Override
    public ExtensionKind kind() {
      return kind;
    }

    @Override
    public Set<String> messageNames() {
      return Set.of(ANY_MESSAGE);
    }

    @Override
    public Optional<Answer> answer(Extension extension, HostContext context) {
      SparkRequest request = (SparkRequest) RequestContext.of(context);
      try {
        byte[] any = any(extension);
        Object argument =
            takesBytes ? any : new RelocatedAny(method.type().parameterType(0)).read(any);
        return result(Handles.call(method, argument, request.planner()));
      } catch (StackOverflowError | LinkageError e) {
        throw e;
      } catch (Throwable e) {
        // Its failures reach the client as they would without Graft.
        throw new HostFailure(e);
      }
    }

    private Optional<Answer> result(Object result) {
      Object value;
      if (result instanceof Boolean handled) {
        return handled ? Optional.of(new Answer.Done()) : Optional.empty();
      } else if (result instanceof Option<?> option) {
        value = option.isEmpty() ? null : option.get();
      } else {
        value = ((Optional<?>) result).orElse(null);
      }
      if (value == null) {
        return Optional.empty();
      }
      return Optional.of(
          kind == ExtensionKind.COMMAND ? new Answer.Done() : new Answer.EngineNode(value));
    }
  }

  private static byte[] any(Extension extension) {
    ByteBuffer value = extension.value();
    byte[] bytes = new byte[value.remaining()];
    value.get(bytes);
    return WireMessage.EMPTY.with(1, extension.typeUrl()).with(2, bytes).bytes();
  }

  /** The {@code Any} of Spark's relocated protobuf, which lines before 4.0 pass to plugins. */
  private record RelocatedAny(Class<?> type) {
    Object read(byte[] bytes) {
      try {
        return type.getMethod("parseFrom", byte[].class).invoke(null, bytes);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(
            "This Spark's " + type.getName() + " is not read as expected", e);
      }
    }
  }
}
