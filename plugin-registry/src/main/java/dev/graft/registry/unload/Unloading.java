package dev.graft.registry.unload;

import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.registry.invoke.Seam;
import dev.graft.registry.isolation.IsolatedClassLoader;
import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes plugins that nobody uses any more, and says what they leave behind. One plugin is closed
 * at a time, within a limit, on a thread that ends when there is nothing to do. Safe for use by
 * several threads.
 */
public final class Unloading {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft");
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Cleaner CLEANER = Cleaner.create();
  private static final ScheduledThreadPoolExecutor WORKER = worker();
  private static final StillHeld HELD = new StillHeld(WORKER, PATIENCE);
  private static final JdkFields JDK = new JdkFields();
  private static final Map<LoadedPlugin, Closing> PLUGINS =
      Collections.synchronizedMap(new WeakHashMap<>());

  private Unloading() {}

  private static ScheduledThreadPoolExecutor worker() {
    ScheduledThreadPoolExecutor worker =
        new ScheduledThreadPoolExecutor(1, task -> Limited.thread(task, "graft-unloading"));
    worker.setKeepAliveTime(1, TimeUnit.SECONDS); // a thread holds the loader of this class
    worker.allowCoreThreadTimeOut(true);
    worker.setRemoveOnCancelPolicy(true);
    return worker;
  }

  /**
   * A plugin is ready. When nobody holds it any more, its instance is closed if it can be, and its
   * loader is used once less.
   *
   * @param instance of the plugin's class
   * @param use of its loader
   * @param limit how long it may take to close
   */
  public static void whenUnused(
      LoadedPlugin plugin, Object instance, Seam seam, LoaderUse use, Duration limit) {
    use.begin();
    Closing closing = new Closing(plugin.identity(), use, instance, seam, limit);
    PLUGINS.put(plugin, closing);
    Cleaner.Cleanable unused = CLEANER.register(plugin, () -> WORKER.execute(closing::run));
  }

  /**
   * An instance was made that is not to be used.
   *
   * @param limit how long it may take to close
   */
  public static void refused(Object instance, Seam seam, Duration limit) {
    if (instance instanceof AutoCloseable closeable) {
      WORKER.execute(() -> Closing.close(closeable, seam, limit));
    }
  }

  /**
   * No request will begin with these plugins any more. They are closed when the last one that has
   * begun lets go of them; the log says if that takes long.
   */
  public static void givenUp(Iterable<LoadedPlugin> plugins) {
    for (LoadedPlugin plugin : plugins) {
      Closing closing = PLUGINS.get(plugin);
      if (closing != null) {
        HELD.watch(closing);
      }
    }
  }

  /** The last one has stopped to use a loader. */
  static void unload(LoaderUse use) {
    WORKER.execute(() -> look(use));
  }

  private static void look(LoaderUse use) {
    IsolatedClassLoader loader = use.loader();
    if (loader == null) {
      return; // collected with its plugins: nothing is left that could hold it
    }
    String name = "graft-unloading " + loader.getName();
    boolean done =
        Limited.run(
            name,
            LIMIT,
            () -> Leftovers.of(loader, JDK).text(use).ifPresent(text -> LOG.warn("{}", text)));
    if (!done) {
      LOG.warn("{} takes too long to be unloaded, and is left as it is", use);
    }
    HELD.watch(new LeftLoader(use, JDK));
  }
}
