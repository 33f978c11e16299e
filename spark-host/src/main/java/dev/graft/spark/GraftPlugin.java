package dev.graft.spark;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.jspecify.annotations.Nullable;

/**
 * Switches Graft on: {@code spark.plugins=dev.graft.spark.GraftPlugin}. Where {@code spark.plugins}
 * also names Spark's own Connect plugin, Graft goes first.
 */
public final class GraftPlugin implements SparkPlugin {
  /**
   * The class behind the nested loader that does the work; found by name since it is not on Spark's
   * class path.
   */
  private static final String HOST = "dev.graft.spark.host.SparkHost";

  @Override
  public DriverPlugin driverPlugin() {
    return new Driver();
  }

  @Override
  public @Nullable ExecutorPlugin executorPlugin() {
    return null; // plans are made on the driver
  }

  /** The host behind its loader, started for one context. */
  public interface Started {
    /** Does what is left to be done before a server may serve. */
    void finish();

    /** Ends the host: nothing that outlives the context refers to it afterwards. */
    void stop();
  }

  private static final class Driver implements DriverPlugin {
    private @Nullable Started host;

    @Override
    public Map<String, String> init(SparkContext spark, PluginContext context) {
      long start = System.nanoTime();
      try {
        ClassLoader loader = NestedClassLoader.open("graft/host/");
        host =
            (Started)
                loader
                    .loadClass(HOST)
                    .getMethod("start", SparkContext.class, PluginContext.class, long.class)
                    .invoke(null, spark, context, start);
        return Map.of();
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        throw new IllegalStateException("Graft could not be started", e.getCause());
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("Graft's jar is damaged; install it again", e);
      }
    }

    /**
     * The last method that Spark calls before its context is ready, and so before a server can
     * start.
     */
    @Override
    public void registerMetrics(String applicationId, PluginContext context) {
      if (host != null) {
        host.finish();
      }
    }

    /**
     * Another context of this JVM would start a host of its own; this one can then be collected.
     */
    @Override
    public void shutdown() {
      if (host != null) {
        host.stop();
        host = null;
      }
    }
  }
}
