package dev.graft.registry.invoke;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The thread's context class loader while a plugin runs. Libraries look for services and classes by
 * it, and would find the host's otherwise. Used by one thread, in a try with resources; whatever
 * the plugin leaves there, the thread has its own loader back after that.
 */
public final class ContextLoader implements AutoCloseable {
  private final @Nullable ClassLoader host;

  private ContextLoader(@Nullable ClassLoader host, @Nullable ClassLoader plugin) {
    this.host = host;
    Thread.currentThread().setContextClassLoader(plugin);
  }

  /**
   * Begins a call.
   *
   * @param loader the plugin's, or null to leave the thread as it is
   */
  public static ContextLoader of(@Nullable ClassLoader loader) {
    ClassLoader host = Thread.currentThread().getContextClassLoader();
    return new ContextLoader(host, loader == null ? host : loader);
  }

  /**
   * Begins a call of a plugin that works with the engine's own objects. The engine looks for its
   * data sources and classes by the context loader too, so what the plugin's loader does not find
   * is looked for where the host would find it.
   *
   * @param loader the plugin's, or null to leave the thread as it is
   */
  public static ContextLoader besideTheEngine(@Nullable ClassLoader loader) {
    ClassLoader host = Thread.currentThread().getContextClassLoader();
    return new ContextLoader(
        host, loader == null || host == null ? host : new EngineContextLoader(loader, host));
  }

  /** Asks the host something in the middle of the call, with the loader that the host had. */
  public <T> T outside(Supplier<T> question) {
    Thread thread = Thread.currentThread();
    ClassLoader inside = thread.getContextClassLoader();
    thread.setContextClassLoader(host);
    try {
      return question.get();
    } finally {
      thread.setContextClassLoader(inside);
    }
  }

  /** Ends the call. */
  @Override
  public void close() {
    Thread.currentThread().setContextClassLoader(host);
  }
}
