package dev.graft.cli.byhand;

import dev.graft.gateway.BackendAddress;
import dev.graft.gateway.Gateway;
import dev.graft.gateway.GatewaySettings;
import dev.graft.servers.ClassPathCache;
import dev.graft.servers.SparkLine;
import dev.graft.servers.SparkRuntime;
import dev.graft.servers.SparkServer;
import dev.graft.servers.SparkServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A server with the example plugins and those that ship with Graft in it, and the portable ones in
 * a gateway before it as well: who goes there has them answered before Spark sees them.
 */
record ByHandServer(SparkServer spark, Gateway gateway) implements AutoCloseable {
  static ByHandServer start(SparkLine line, Path folder) throws IOException {
    Path plugins = Files.createDirectories(folder.resolve("plugins"));
    for (String module : new String[] {"portable", "old-protobuf", "native"}) {
      copyJar(Path.of("../plugin-examples").resolve(module), "acme-[\\w.-]+\\.jar", plugins);
    }
    copyJar(Path.of("../plugins-builtin"), "plugins-builtin-[\\w.-]+\\.jar", plugins);
    SparkServer spark =
        new SparkServerBuilder(
                SparkRuntime.ofLine(line, ClassPathCache.ofUser(), System.out::println),
                Path.of("target/graft/spark/graft-spark.jar"))
            .master("local[2]")
            .plugins(plugins)
            .setting("spark.graft.plugins.discovery", "services")
            .setting("spark.driver.memory", "1500m")
            .shortLived()
            .setting("spark.sql.shuffle.partitions", "2")
            // Each program has sessions of its own; thousands of them would fill the server.
            .setting("spark.connect.session.manager.defaultSessionTimeout", "120s")
            .start();
    Map<String, String> entries =
        Map.of(
            "graft.gateway.port", "0",
            "graft.gateway.drain-seconds", "1",
            "graft.plugins.path", plugins.toAbsolutePath().toString(),
            "graft.plugins.discovery", "services");
    return new ByHandServer(
        spark,
        Gateway.start(
            GatewaySettings.parse(entries), entries, BackendAddress.parse(spark.address())));
  }

  private static void copyJar(Path module, String name, Path folder) {
    try (Stream<Path> files = Files.list(module.resolve("target"))) {
      Path jar =
          files
              .filter(file -> file.getFileName().toString().matches(name))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("There is no jar: build " + module));
      Files.copy(jar, folder.resolve(jar.getFileName()));
    } catch (IOException e) {
      throw new UncheckedIOException("Build " + module + " first: mvn package", e);
    }
  }

  @Override
  public void close() {
    gateway.close();
    spark.close();
  }
}
