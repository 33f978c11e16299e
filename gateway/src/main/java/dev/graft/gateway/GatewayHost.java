package dev.graft.gateway;

import dev.graft.gateway.threads.LoweringWatch;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.isolation.HostClasses;
import dev.graft.registry.isolation.LibrarySource;
import dev.graft.registry.isolation.RealmLibraries;
import dev.graft.registry.loading.Host;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The gateway as the registry sees it: a host without an engine, for portable plugins alone. */
public final class GatewayHost {
  private GatewayHost() {}

  /** Made anew; nothing is loaded yet. */
  public static Host host() {
    return new Host(
        "gateway",
        "",
        HostClasses.none(),
        new RealmLibraries(
            List.of(library("dev/graft/api/RelationPlugin.class")),
            List.of(library("org/apache/spark/connect/proto/Relation.class")),
            List.of(library("com/google/protobuf/MessageLite.class"))),
        (className, kind) -> Optional.empty(),
        new LoweringWatch(),
        Optional.of("It needs Spark around it: run it inside Spark, with spark-host."));
  }

  /** The jar or folder of the class path that a resource lies in. */
  private static LibrarySource library(String resource) {
    URL url = GatewayHost.class.getClassLoader().getResource(resource);
    if (url == null) {
      throw new GraftException(
          ErrorCode.GRAFT_REALM_INVALID,
          "There is no " + resource + " on the gateway's class path. Install Graft again.");
    }
    String text = url.toString();
    String place =
        text.startsWith("jar:")
            ? text.substring("jar:".length(), text.indexOf("!/"))
            : text.substring(0, text.length() - resource.length());
    return new LibrarySource(Path.of(URI.create(place)));
  }
}
