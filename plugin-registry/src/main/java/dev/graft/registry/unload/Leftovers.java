package dev.graft.registry.unload;

import dev.graft.registry.isolation.IsolatedClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a plugin has left behind.
 *
 * @param kept what stays, each as words for operators
 * @param removed what has been taken out of the JDK's lists, in the same way
 */
record Leftovers(List<String> kept, List<String> removed) {
  private static final int SHOWN = 10;

  Leftovers {
    kept = List.copyOf(kept);
    removed = List.copyOf(removed);
  }

  /** Looks, and takes out what can be. Runs code of the plugin's. */
  static Leftovers of(IsolatedClassLoader loader, JdkFields jdk) {
    List<String> removed = new Registrations(loader).remove();
    return new Leftovers(kept(loader, jdk), removed);
  }

  /** Looks at what stays. */
  static List<String> kept(IsolatedClassLoader loader, JdkFields jdk) {
    Ownership plugin = new Ownership(loader);
    List<String> kept = new ArrayList<>(new LeftThreads(plugin, jdk).named());
    kept.addAll(LeftHandlers.named(plugin));
    return kept;
  }

  /**
   * A line for the log; empty where there is nothing.
   *
   * @param plugin whose they are
   */
  Optional<String> text(Object plugin) {
    if (kept.isEmpty() && removed.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    text.append(plugin).append(" is used no more, but has left behind: ");
    if (!kept.isEmpty()) {
      text.append(join(kept)).append(". That keeps its classes in memory. ");
    }
    if (!removed.isEmpty()) {
      text.append(kept.isEmpty() ? "" : "Also ").append(join(removed));
      text.append(kept.isEmpty() ? ", " : "; these ").append("which Graft has removed. ");
    }
    return Optional.of(
        text.append(
                "Have its author end all of that in close(), which Graft calls before where the plugin implements AutoCloseable.")
            .toString());
  }

  static String join(List<String> all) {
    String shown = String.join("; ", all.subList(0, Math.min(SHOWN, all.size())));
    return all.size() > SHOWN ? shown + " and " + (all.size() - SHOWN) + " more" : shown;
  }
}
