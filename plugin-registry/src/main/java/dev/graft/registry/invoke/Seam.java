package dev.graft.registry.invoke;

import java.util.Objects;
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
  /**
   * Code of a plugin.
   *
   * @param <T> what comes of it
   */
  @FunctionalInterface
  public interface Code<T> {
    /**
     * Runs it.
     *
     * @param loader of the thread that it runs on
     * @throws Exception whatever goes wrong
     */
    T run(ContextLoader loader) throws Exception;
  }

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

  /**
   * Runs code of the plugin.
   *
   * @throws Exception whatever the code throws
   * @throws dev.graft.registry.error.HostFailure where the host lets no call begin
   */
  @SuppressWarnings("try") // the watch is told by the call's end
  public <T> T call(Code<T> code) throws Exception {
    try (CallWatch.Call call = watch.begin(plugin);
        ContextLoader context =
            besideTheEngine ? ContextLoader.besideTheEngine(loader) : ContextLoader.of(loader)) {
      return code.run(context);
    }
  }
}
