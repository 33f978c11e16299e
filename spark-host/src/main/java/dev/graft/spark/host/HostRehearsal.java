package dev.graft.spark.host;

import dev.graft.registry.Registry;
import dev.graft.registry.admin.AdminPort;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.report.Json;
import dev.graft.registry.report.LoadReport;
import dev.graft.registry.report.Values;
import dev.graft.registry.session.SessionPlugins;
import dev.graft.registry.settings.RegistryConfiguration;
import dev.graft.spark.Bridge;
import java.util.Map;

/** Loads plugins as the start of a server does, where no Spark runs. */
public final class HostRehearsal {
  private HostRehearsal() {}

  /**
   * Loads them and tells what became of them.
   *
   * @return JSON: {@code text} and {@code report}, or {@code message} where the server would not
   *     get that far
   */
  public static String run(Map<String, String> settings) {
    Spark spark =
        new Spark(Bridge.class.getClassLoader(), org.apache.spark.package$.MODULE$.SPARK_VERSION());
    try {
      RegistryConfiguration configuration = RegistryConfiguration.parse(settings, "spark.");
      AdminPort.check(configuration);
      SessionPlugins.check(configuration.sessions());
      LoadReport report = Registry.rehearse(settings, SparkHost.host(spark));
      return Json.of(Values.of("text", report.text(), "report", Values.report(report)));
    } catch (GraftException e) {
      return Json.of(Values.of("message", String.valueOf(e.getMessage())));
    }
  }
}
