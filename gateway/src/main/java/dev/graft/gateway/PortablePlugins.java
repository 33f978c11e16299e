package dev.graft.gateway;

import dev.graft.gateway.lowering.WatchedPlugin;
import dev.graft.registry.Dispatcher;
import dev.graft.registry.PluginSnapshot;
import dev.graft.registry.Registry;
import dev.graft.registry.discovery.Host;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.Refusal;
import dev.graft.registry.isolation.HostClasses;
import dev.graft.registry.isolation.LibrarySource;
import dev.graft.registry.isolation.RealmLibraries;
import dev.graft.registry.plugin.LoadedPlugin;
import dev.graft.registry.report.LoadReport;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loads the registry for a host without an engine: portable plugins alone. */
final class PortablePlugins {
  private static final String ADVICE =
      "It needs Spark around it: run it inside Spark, with spark-host.";

  private PortablePlugins() {}

  /**
   * Loads every plugin that the configuration names, and refuses the native ones.
   *
   * @param entries the gateway's configuration
   * @throws GraftException as {@link Registry#load} does
   */
  static Registry load(Map<String, String> entries) {
    Registry all = Registry.load(entries, host());
    List<LoadReport.Loaded> portable = new ArrayList<>();
    List<Refusal> refused = new ArrayList<>(all.report().refused());
    for (LoadReport.Loaded loaded : all.report().loaded()) {
      if (loaded.plugin().portable()) {
        portable.add(loaded);
      } else {
        refused.add(refusal(all, loaded.plugin()));
      }
    }
    LoadReport report =
        new LoadReport(
            all.report().host(), portable, refused, all.report().warnings(), all.report().took());
    PluginSnapshot snapshot =
        new PluginSnapshot(
            portable.stream().map(LoadReport.Loaded::plugin).map(WatchedPlugin::watch).toList(),
            all.snapshot().builtIn().stream().map(WatchedPlugin::watch).toList());
    return new Registry(all.configuration(), snapshot, new Dispatcher(snapshot, refused), report);
  }

  private static Host host() {
    return new Host(
        "gateway",
        "",
        HostClasses.none(),
        new RealmLibraries(
            List.of(library("dev/graft/api/RelationPlugin.class")),
            List.of(library("org/apache/spark/connect/proto/Relation.class")),
            List.of(library("com/google/protobuf/MessageLite.class"))),
        (className, kind) -> Optional.empty(),
        List.of(new Host.Absence("dev.graft.api.spark.", ADVICE)));
  }

  /** The jar or folder of the class path that a resource lies in. */
  private static LibrarySource library(String resource) {
    URL url = PortablePlugins.class.getClassLoader().getResource(resource);
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

  private static Refusal refusal(Registry registry, LoadedPlugin plugin) {
    String text = plugin.describeWithLocation() + " is a native plugin. " + ADVICE;
    boolean required = registry.configuration().settingsOf(plugin.origin().id()).required();
    if (required) {
      throw new GraftException(
          ErrorCode.GRAFT_HOST_UNSUPPORTED,
          "The gateway does not start, because what it requires is refused: " + text);
    }
    return new Refusal(plugin.className(), ErrorCode.GRAFT_HOST_UNSUPPORTED, text, false);
  }
}
