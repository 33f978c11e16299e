package dev.graft.cli.builtin;

import dev.graft.gateway.BackendAddress;
import dev.graft.gateway.Gateway;
import dev.graft.gateway.GatewaySettings;
import dev.graft.servers.ClassPathCache;
import dev.graft.servers.SparkRuntime;
import dev.graft.servers.SparkServer;
import dev.graft.servers.SparkServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A server with the plugins' jar in it, which finds them by the jar's services files.
 *
 * @param spark the server
 * @param gateway what stands before it, where the jar is in there
 * @param jar the plugins' jar, as it was built
 */
record BuiltinServer(SparkServer spark, Optional<Gateway> gateway, Path jar)
    implements AutoCloseable {
  static BuiltinServer start(Place place, Path folder) throws IOException {
    Path built = builtJar();
    Path plugins = Files.createDirectories(folder.resolve("plugins"));
    Path jar = Files.copy(built, plugins.resolve(built.getFileName()));
    SparkRuntime runtime =
        SparkRuntime.ofLine(place.line(), ClassPathCache.ofUser(), System.out::println);
    if (place.throughGateway()) {
      SparkServer plain = configured(SparkServerBuilder.withoutGraft(runtime), place).start();
      return new BuiltinServer(plain, Optional.of(before(plain, plugins)), jar);
    }
    Path graft = Path.of("target/graft/spark/graft-spark.jar");
    SparkServerBuilder builder =
        configured(new SparkServerBuilder(runtime, graft), place)
            .plugins(plugins)
            .setting("spark.graft.plugins.discovery", "services");
    openFolder(Files.createDirectories(openFolderIn(folder)).toRealPath())
        .forEach(builder::setting);
    return new BuiltinServer(builder.start(), Optional.empty(), jar);
  }

  private static SparkServerBuilder configured(SparkServerBuilder server, Place place) {
    return server
        .master("local[2]")
        .setting("spark.driver.memory", place.thorough() ? "2g" : "1g")
        .shortLived()
        .setting("spark.sql.shuffle.partitions", "2");
  }

  /** The folder of a server in which its native plugins may do things. */
  static Path openFolderIn(Path folder) {
    return folder.resolve("open-folder");
  }

  /** What the native plugins are allowed there; {@code open_folder.py} reads the same places. */
  private static Map<String, String> openFolder(Path open) throws IOException {
    Path events = Files.createDirectories(open.resolve("events"));
    String plugin = "spark.graft.plugin.graft-builtin.";
    return Map.of(
        plugin + "filesystem.roots",
        open + "/open," + open + "/open/team",
        plugin + "filesystem.read-only-roots",
        open + "/open/archive",
        plugin + "filesystem.max-listing",
        "50",
        plugin + "context.checkpoint-roots",
        open + "/checkpoints",
        plugin + "context.local-properties",
        "spark.scheduler.pool,spark.test.note",
        plugin + "mask.salt.customers",
        "a salt of the operator",
        "spark.eventLog.enabled",
        "true",
        "spark.eventLog.dir",
        events.toUri().toString(),
        "spark.eventLog.compress",
        "false",
        "spark.eventLog.rolling.enabled",
        "false");
  }

  private static Gateway before(SparkServer backend, Path plugins) {
    Map<String, String> entries =
        Map.of(
            "graft.gateway.port", "0",
            "graft.gateway.drain-seconds", "1",
            "graft.plugins.path", plugins.toAbsolutePath().toString(),
            "graft.plugins.discovery", "services");
    return Gateway.start(
        GatewaySettings.parse(entries), entries, BackendAddress.parse(backend.address()));
  }

  private static Path builtJar() {
    try (Stream<Path> files = Files.list(Path.of("../plugins-builtin/target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("plugins-builtin-[\\w.-]+\\.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("There is no jar: build plugins-builtin"));
    } catch (IOException e) {
      throw new UncheckedIOException("Build plugins-builtin first: mvn package", e);
    }
  }

  String address() {
    return gateway.map(Gateway::address).orElse(spark.address());
  }

  String loadReport() {
    return gateway.map(before -> before.report().text()).orElseGet(spark::loadReport);
  }

  @Override
  public void close() {
    gateway.ifPresent(Gateway::close);
    spark.close();
  }
}
