package dev.graft.cli.check;

import dev.graft.registry.error.GraftException;
import dev.graft.registry.loading.Objection;
import dev.graft.registry.loading.PluginCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What became of a check.
 *
 * @param hosts what was checked against, as people call each
 * @param jars each jar
 * @param notChecked a sentence for each host that could not be had
 */
public record Verdict(List<String> hosts, List<OfJar> jars, List<String> notChecked) {
  public Verdict {
    hosts = List.copyOf(hosts);
    jars = List.copyOf(jars);
    notChecked = List.copyOf(notChecked);
  }

  /**
   * What was found in a jar.
   *
   * @param unreadable why it could not be looked into
   * @param hosts what was found for each host; empty where it is unreadable
   * @param unnamed the plugins that no services file names
   */
  public record OfJar(
      Path path, Optional<GraftException> unreadable, List<OfHost> hosts, List<String> unnamed) {
    public OfJar {
      hosts = List.copyOf(hosts);
      unnamed = List.copyOf(unnamed);
    }

    /** Whether it has no plugin at all, though it could be read. */
    public boolean isWithoutPlugins() {
      return unreadable.isEmpty() && hosts.stream().allMatch(host -> host.plugins().isEmpty());
    }
  }

  /** The plugins of a jar in one host. */
  public record OfHost(String name, String title, List<OfPlugin> plugins) {
    public OfHost {
      plugins = List.copyOf(plugins);
    }
  }

  /**
   * A plugin in one host.
   *
   * @param isOwn whether it implements Spark's own interface
   * @param objection what keeps it from being loaded there
   */
  public record OfPlugin(String className, boolean isOwn, Optional<Objection> objection) {
    /** Whether it is made for another kind of host. */
    public boolean isForAnother() {
      return objection.isPresent() && objection.get().isForAnother();
    }
  }

  /** Whether something is missing that a plugin needs. */
  public boolean isBad() {
    boolean onlyGateway = hosts.equals(List.of(HostNames.GATEWAY));
    return jars.stream()
        .anyMatch(
            jar ->
                jar.unreadable().isPresent()
                    || jar.isWithoutPlugins()
                    || jar.hosts().stream()
                        .flatMap(host -> host.plugins().stream())
                        .anyMatch(
                            plugin ->
                                plugin.objection().isPresent()
                                    && (onlyGateway || !plugin.isForAnother())));
  }

  /** Checks the plugins of a jar against one host. */
  static OfHost check(CheckedJar jar, CheckedHost host, PluginCheck check) {
    List<OfPlugin> plugins = new ArrayList<>();
    for (String className : jar.plugins()) {
      plugins.add(new OfPlugin(className, false, check.objection(className, jar.bundle())));
    }
    for (String className : jar.own()) {
      plugins.add(
          new OfPlugin(
              className, true, check.objectionToOwn(className, CheckedJar.SPARK, jar.bundle())));
    }
    return new OfHost(host.name(), host.host().title(), plugins);
  }
}
