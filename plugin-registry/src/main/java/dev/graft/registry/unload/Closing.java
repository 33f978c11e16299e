package dev.graft.registry.unload;

import dev.graft.registry.error.FailureText;
import dev.graft.registry.invoke.PluginIdentity;
import dev.graft.registry.invoke.Seam;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of one plugin. A plugin that can be closed is held until then, by this alone. Should it
 * hold itself by what it has kept of a request, it would stay for ever; so it is let go, and not
 * closed, if it is still used long after it was given up. Safe for use by several threads.
 */
final class Closing implements StillHeld.GivenUp {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft");

  /** How to close it; its seam holds the loader. */
  private record Held(AutoCloseable instance, Seam seam) {}

  private final String plugin;
  private final LoaderUse use;
  private final Duration limit;
  private final AtomicReference<@Nullable Held> held;
  private volatile boolean over;

  Closing(PluginIdentity plugin, LoaderUse use, Object instance, Seam seam, Duration limit) {
    this.plugin = plugin.describeWithLocation();
    this.use = use;
    this.limit = limit;
    this.held =
        new AtomicReference<>(
            instance instanceof AutoCloseable closeable ? new Held(closeable, seam) : null);
  }

  /** Nobody holds the plugin any more. */
  void run() {
    over = true;
    Held last = held.getAndSet(null);
    if (last != null) {
      close(last.instance(), last.seam(), limit);
    }
    use.end();
  }

  /** Closes an instance, and says in the log what goes wrong. */
  static void close(AutoCloseable instance, Seam seam, Duration limit) {
    PluginIdentity plugin = seam.plugin();
    boolean done =
        Limited.run(
            "graft-closing-" + plugin.origin().id(), limit, () -> closeNow(instance, seam, plugin));
    if (!done) {
      LOG.warn(
          "{} was not closed within {} s. Its close() should not wait for anything; what it waits for is left behind.",
          plugin.describeWithLocation(),
          limit.toSeconds());
    }
  }

  private static void closeNow(AutoCloseable instance, Seam seam, PluginIdentity plugin) {
    try {
      seam.call(
          () -> {
            instance.close();
            return true;
          });
    } catch (Exception | Error e) {
      FailureText.passOnIfOfTheJvm(e);
      LOG.warn(
          "{} failed to close: {}. Report this to the plugin's author.",
          plugin.describeWithLocation(),
          FailureText.of(e),
          e);
    }
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public String stillThere(long minutes) {
    boolean wanted = held.getAndSet(null) != null;
    return plugin
        + " is still used "
        + minutes
        + " minutes after it was given up"
        + (wanted ? ", and will not be closed any more" : "")
        + ". A request that goes on for long uses it, or a plan that the engine keeps, or it has itself kept the context of a request, which its author must not.";
  }
}
