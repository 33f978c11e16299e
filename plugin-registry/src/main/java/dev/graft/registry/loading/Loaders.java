package dev.graft.registry.loading;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.registry.isolation.IsolatedClassLoader;
import dev.graft.registry.isolation.Realms;
import dev.graft.registry.isolation.Realms.PluginRealm;
import dev.graft.registry.unload.LoaderUse;
import dev.graft.registry.unload.Unloading;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The class loaders of a server's plugins. Graft's own realm is there once; a jar that has not
 * changed since an earlier snapshot has the loader that it had there. Safe for use by several
 * threads, each with jars of its own: nobody waits while a jar's own code runs.
 *
 * <p>Loaders are held weakly. What keeps one is whatever has an object or a class of it: snapshots,
 * and requests that began with them, but also plans and caches of an engine, of which nobody could
 * keep count.
 */
public final class Loaders {
  /** What a loader is made of. */
  private record Makings(List<Object> jars, List<String> hostPackages) {}

  /** A loader, and the plugins in it whose references have been found to be there. */
  private record Known(LoaderUse use, boolean isShared, Set<String> linked) {}

  /**
   * A loader for one plugin jar.
   *
   * @param realm the loader and its realm
   * @param isNew whether it was made now, and has taken the libraries it was made of
   * @param linked the names of plugins whose references need not be checked again; more may be
   *     added
   * @param use of the loader, to be ended when everything has been loaded from it
   */
  record Loader(PluginRealm realm, boolean isNew, Set<String> linked, LoaderUse use) {}

  private final Realms realms;
  private final Map<Makings, Known> known = new HashMap<>();

  /**
   * Opens Graft's own realm. No class is loaded from it before a plugin asks for one.
   *
   * @throws GraftException GRAFT_REALM_INVALID if Graft's own libraries cannot be read
   */
  public Loaders(Host host) {
    try {
      this.realms = new Realms(host.realm(), host.classes());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The realm that ships with Graft. */
  PluginRealm shared() {
    return realms.shared();
  }

  /**
   * The loader of a jar or folder.
   *
   * @param hostPackages see {@link Realms#realmOf}
   * @throws GraftException GRAFT_REALM_INVALID
   */
  Loader of(PluginBundle bundle, List<String> hostPackages) {
    try {
      Optional<Makings> makings = makings(bundle, hostPackages);
      Optional<Loader> there = makings.flatMap(this::there);
      if (there.isPresent()) {
        return there.get();
      }
      PluginRealm made = realms.realmOf(bundle.origin().id(), bundle.libraries(), hostPackages);
      Loader loader =
          new Loader(made, true, new HashSet<>(), new LoaderUse(made.loader(), bundle.origin()));
      makings.ifPresent(key -> remember(key, loader));
      return loader;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private synchronized Optional<Loader> there(Makings makings) {
    known.values().removeIf(one -> one.use().loader() == null);
    Known before = known.get(makings);
    IsolatedClassLoader loader = before == null ? null : before.use().loader();
    return before == null || loader == null || !before.use().begin()
        ? Optional.empty()
        : Optional.of(
            new Loader(
                realms.again(loader, before.isShared()), false, before.linked(), before.use()));
  }

  private synchronized void remember(Makings makings, Loader made) {
    known.put(makings, new Known(made.use(), made.realm().isShared(), made.linked()));
  }

  /** No request will begin with these plugins any more: see {@link Unloading#givenUp}. */
  public void giveUp(List<LoadedPlugin> plugins) {
    Unloading.givenUp(plugins);
  }

  /** Empty where a folder of classes is among it. */
  private static Optional<Makings> makings(PluginBundle bundle, List<String> hostPackages) {
    List<Object> jars =
        bundle.libraries().stream().flatMap(library -> library.version().stream()).toList();
    return jars.size() == bundle.libraries().size()
        ? Optional.of(new Makings(jars, hostPackages))
        : Optional.empty();
  }

  static GraftException unreadable(IOException failure) {
    return new GraftException(
        ErrorCode.GRAFT_REALM_INVALID,
        "Graft's own libraries cannot be read: " + failure + ". Install Graft again.",
        failure);
  }
}
