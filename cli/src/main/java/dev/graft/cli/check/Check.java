package dev.graft.cli.check;

import dev.graft.registry.error.GraftException;
import dev.graft.registry.loading.PluginCheck;
import dev.graft.servers.LaunchException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks jars against hosts, one host after another, since each has hundreds of jars open. Not safe
 * for use by several threads.
 */
public final class Check {
  private final Function<String, CheckedHost> hosts;

  /**
   * A check.
   *
   * @param hosts opens the host of a name, or throws a {@link LaunchException} where it cannot be
   *     had
   */
  public Check(Function<String, CheckedHost> hosts) {
    this.hosts = hosts;
  }

  /**
   * Checks jars.
   *
   * @param names the hosts
   * @param needed whether each of these hosts must be had
   * @param classes classes that are plugins where a jar has them
   * @throws LaunchException if a host that is needed cannot be had, or none of those named
   */
  public Verdict run(
      List<Path> jars, List<String> names, boolean needed, Collection<String> classes) {
    Map<Path, Optional<GraftException>> unreadable = new LinkedHashMap<>();
    Map<Path, List<Verdict.OfHost>> found = new LinkedHashMap<>();
    List<CheckedJar> opened = new ArrayList<>();
    try {
      for (Path jar : jars) {
        unreadable.put(jar, open(jar, classes, opened));
        found.put(jar, new ArrayList<>());
      }
      List<String> notChecked = new ArrayList<>();
      List<String> checked = new ArrayList<>();
      for (String name : names) {
        try (CheckedHost host = hosts.apply(name)) {
          checked.add(name);
          PluginCheck check = new PluginCheck(host.host(), CheckedJar.TYPED);
          for (CheckedJar jar : opened) {
            found.getOrDefault(jar.path(), new ArrayList<>()).add(Verdict.check(jar, host, check));
          }
        } catch (LaunchException e) {
          if (needed) {
            throw e;
          }
          notChecked.add(e.getMessage());
        }
      }
      return verdict(unreadable, found, opened, checked, notChecked);
    } finally {
      opened.forEach(CheckedJar::close);
    }
  }

  private static Optional<GraftException> open(
      Path jar, Collection<String> classes, List<CheckedJar> opened) {
    try {
      opened.add(CheckedJar.open(jar, classes));
      return Optional.empty();
    } catch (GraftException e) {
      return Optional.of(e);
    }
  }

  private static Verdict verdict(
      Map<Path, Optional<GraftException>> unreadable,
      Map<Path, List<Verdict.OfHost>> found,
      List<CheckedJar> opened,
      List<String> checked,
      List<String> notChecked) {
    Map<Path, List<String>> unnamed = new LinkedHashMap<>();
    opened.forEach(jar -> unnamed.put(jar.path(), jar.unnamed()));
    List<Verdict.OfJar> jars = new ArrayList<>();
    unreadable.forEach(
        (path, failure) ->
            jars.add(
                new Verdict.OfJar(
                    path,
                    failure,
                    found.getOrDefault(path, List.of()),
                    unnamed.getOrDefault(path, List.of()))));
    return new Verdict(checked, jars, notChecked);
  }
}
