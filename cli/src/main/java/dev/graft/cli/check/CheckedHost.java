package dev.graft.cli.check;

import dev.graft.gateway.GatewayHost;
import dev.graft.registry.isolation.HostClasses;
import dev.graft.registry.isolation.IsolatedClassLoader;
import dev.graft.registry.isolation.Library;
import dev.graft.registry.isolation.RealmLibraries;
import dev.graft.registry.loading.Host;
import dev.graft.servers.LaunchException;
import dev.graft.servers.SparkRuntime;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A host that plugins are checked against. Its jars are open until it is closed, and read where a
 * class in them is asked for.
 *
 * @param name as options give it: {@code 4.2}, or {@code gateway}
 * @param host what plugins would see of it
 * @param jars what is to be closed
 */
public record CheckedHost(String name, Host host, List<Library> jars) implements Closeable {
  public CheckedHost {
    jars = List.copyOf(jars);
  }

  /** A gateway of this Graft. */
  public static CheckedHost gateway() {
    return new CheckedHost(HostNames.GATEWAY, GatewayHost.host(), List.of());
  }

  /**
   * A Spark with Graft in it.
   *
   * @param name as options give it
   * @param graftJar the jar that goes into Spark
   * @throws LaunchException if one of its jars cannot be read
   */
  public static CheckedHost spark(String name, SparkRuntime runtime, Path graftJar) {
    List<Library> jars = new ArrayList<>();
    for (Path path : runtime.classPath()) {
      if (Files.exists(path)) { // a folder of configuration need not be there
        jars.add(open(path, jars));
      }
    }
    String title = "Spark " + runtime.version();
    return new CheckedHost(
        name,
        new Host(
            title,
            "spark.",
            HostClasses.ofSpark(new IsolatedClassLoader(title, jars, List.of())),
            RealmLibraries.inside(graftJar),
            (className, kind) -> Optional.empty()),
        jars);
  }

  private static Library open(Path path, List<Library> opened) {
    try {
      return Library.open(path);
    } catch (IOException e) {
      closeAll(opened);
      throw new LaunchException(
          LaunchException.Code.SPARK_HOME_INVALID,
          path + " is no readable jar (" + e.getMessage() + "). Get this Spark again.",
          e);
    }
  }

  @Override
  public void close() {
    closeAll(jars);
  }

  private static void closeAll(List<Library> jars) {
    for (Library jar : jars) {
      try {
        jar.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
