package dev.graft.gateway.lowering;

import dev.graft.registry.plugin.LoadedPlugin;
import dev.graft.spi.Answer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.spi.HostContext;
import dev.graft.spi.MessageDescription;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A plugin that is known to run while it does. */
public final class WatchedPlugin implements ExtensionPlugin {
  private final LoadedPlugin plugin;

  private WatchedPlugin(LoadedPlugin plugin) {
    this.plugin = plugin;
  }

  /** The same plugin, watched. */
  public static LoadedPlugin watch(LoadedPlugin plugin) {
    return new LoadedPlugin(
        new WatchedPlugin(plugin),
        plugin.className(),
        plugin.origin(),
        plugin.kind(),
        plugin.messageNames(),
        plugin.portable(),
        plugin.settings(),
        plugin.counters(),
        plugin.contextLoader());
  }

  @Override
  public ExtensionKind kind() {
    return plugin.kind();
  }

  @Override
  public Set<String> messageNames() {
    return plugin.messageNames();
  }

  @Override
  public boolean portable() {
    return plugin.portable();
  }

  @Override
  public MessageDescription describe(String messageName) {
    return plugin.plugin().describe(messageName);
  }

  @Override
  public Optional<Answer> answer(Extension extension, HostContext context) throws Exception {
    LoweringTask task = LoweringTask.ofThread();
    if (task == null) {
      return plugin.plugin().answer(extension, context);
    }
    @Nullable LoadedPlugin outer = task.enter(plugin);
    try {
      return plugin.plugin().answer(extension, context);
    } finally {
      task.leave(outer);
    }
  }
}
