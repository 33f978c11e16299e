package dev.graft.registry.session;

import dev.graft.registry.error.Refusal;
import dev.graft.registry.loading.PluginBundle;
import java.util.ArrayList;
import java.util.List;

/**
 * The jars of one session that were refused, until a newer one comes: of the same file name, or of
 * the same plugin id. What is in a refused jar is not looked at, so its id is the one that its name
 * gives. Not safe for use by several threads.
 */
final class RefusedJars {
  private final List<Refusal> refusals = new ArrayList<>();

  /** One more, whose subject is the jar's file name. */
  void add(Refusal refusal) {
    mended(refusal.subject(), PluginBundle.idOfName(refusal.subject()));
    refusals.add(refusal);
  }

  /** A jar of this name and id is newer than what was refused. */
  void mended(String fileName, String pluginId) {
    refusals.removeIf(
        refusal ->
            refusal.subject().equals(fileName)
                || PluginBundle.idOfName(refusal.subject()).equals(pluginId));
  }

  List<Refusal> all() {
    return List.copyOf(refusals);
  }
}
