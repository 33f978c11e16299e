package dev.graft.registry.invoke;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What stands around every call of one plugin's code. Safe for use by several threads.
 *
 * @param plugin which it is
 * @param loader the thread's context class loader meanwhile, or null where the thread's own is to
 *     stay
 * @param besideTheEngine whether the plugin works with the engine's own objects, so that the thread
 *     is to find what the engine finds too
 * @param watch the host's
 */
public record Seam(
    PluginIdentity plugin, @Nullable ClassLoader loader, boolean besideTheEngine, CallWatch watch) {
  public Seam {
    Objects.requireNonNull(plugin, "plugin");
    Objects.requireNonNull(watch, "watch");
  }

  /** For a plugin of which nobody knows yet what it works with. */
  public Seam(PluginIdentity plugin, @Nullable ClassLoader loader, CallWatch watch) {
    this(plugin, loader, false, watch);
  }

  /** The same for a plugin that works with the engine's own objects. */
  Seam withEngine() {
    return new Seam(plugin, loader, true, watch);
  }

  /** A call under way, of the thread that began it. */
  public static final class Call implements AutoCloseable {
    private final CallWatch.Call watched;
    private final ContextLoader loader;

    private Call(CallWatch.Call watched, ContextLoader loader) {
      this.watched = watched;
      this.loader = loader;
    }

    /** The thread's context class loader meanwhile. */
    ContextLoader loader() {
      return loader;
    }

    @Override
    public void close() {
      loader.close();
      watched.close();
    }
  }

  /**
   * Begins a call. Plugins that ask about their inputs stand inside one another on the thread's
   * stack, up to a hundred deep. {@link #call} would add a frame of its own to each; this adds
   * none.
   *
   * @throws dev.graft.registry.error.HostFailure where the host lets no call begin
   */
  Call begin() {
    return new Call(
        watch.begin(plugin),
        besideTheEngine ? ContextLoader.besideTheEngine(loader) : ContextLoader.of(loader));
  }

  /**
   * Runs code of the plugin.
   *
   * @throws Exception whatever the code throws
   * @throws dev.graft.registry.error.HostFailure where the host lets no call begin
   */
  @SuppressWarnings("try") // the call is there for what happens meanwhile
  public <T> T call(Callable<T> code) throws Exception {
    try (Call call = begin()) {
      return code.call();
    }
  }
}
