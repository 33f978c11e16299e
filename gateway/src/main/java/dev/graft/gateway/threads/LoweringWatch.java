package dev.graft.gateway.threads;

import dev.graft.registry.invoke.CallWatch;
import dev.graft.registry.invoke.PluginIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Tells a request on a lowering thread which plugin it is in, and lets it enter none when nobody
 * waits for it any more. Safe for use by several threads.
 */
public final class LoweringWatch implements CallWatch {
  @Override
  public Call begin(PluginIdentity plugin) {
    LoweringTask task = LoweringTask.ofThread();
    if (task == null) {
      return Call.UNWATCHED; // while the gateway starts
    }
    @Nullable PluginIdentity outer = task.enter(plugin);
    return () -> task.leave(outer);
  }
}
