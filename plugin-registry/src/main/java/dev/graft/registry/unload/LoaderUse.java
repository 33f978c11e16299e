package dev.graft.registry.unload;

import dev.graft.registry.invoke.PluginOrigin;
import dev.graft.registry.isolation.IsolatedClassLoader;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * How often a loader is used: once by whoever loads plugins from it at the moment, and once by each
 * plugin. The loader itself is held weakly. Safe for use by several threads.
 */
public final class LoaderUse {
  private final WeakReference<IsolatedClassLoader> loader;
  private final PluginOrigin origin;
  private int users = 1;

  /** A new loader, which whoever has made it uses. */
  public LoaderUse(IsolatedClassLoader loader, PluginOrigin origin) {
    this.loader = new WeakReference<>(loader);
    this.origin = origin;
  }

  /** The loader, or null where it has been collected. */
  public @Nullable IsolatedClassLoader loader() {
    return loader.get();
  }

  /** One user more; false where the last has gone, after which the loader is not used again. */
  public synchronized boolean begin() {
    if (users == 0) {
      return false;
    }
    users++;
    return true;
  }

  /** One user less. What the last one leaves behind is looked at soon. */
  public void end() {
    if (isLast()) {
      Unloading.unload(this);
    }
  }

  private synchronized boolean isLast() {
    users--;
    return users == 0;
  }

  /** For operators: {@code acme-frames 1.2 (/plugins/acme.jar)}. */
  @Override
  public String toString() {
    return (origin.id() + " " + origin.version()).strip() + " (" + origin.location() + ")";
  }
}
