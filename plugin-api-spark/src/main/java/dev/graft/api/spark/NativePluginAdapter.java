package dev.graft.api.spark;

import com.google.protobuf.Message;
import dev.graft.api.adapter.TypedPluginAdapter;
import dev.graft.spi.Answer;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.spi.HostContext;
import dev.graft.spi.PluginAdapter;
import java.util.Map;
import java.util.Optional;

/** Adapts the native plugin interfaces. Not for plugin authors. */
public final class NativePluginAdapter implements PluginAdapter {
  @Override
  public Map<String, ExtensionKind> pluginInterfaces() {
    return Map.of(
        NativeRelationPlugin.class.getName(), ExtensionKind.RELATION,
        NativeExpressionPlugin.class.getName(), ExtensionKind.EXPRESSION,
        NativeCommandPlugin.class.getName(), ExtensionKind.COMMAND);
  }

  @Override
  public Optional<ExtensionPlugin> adapt(Object plugin) {
    if (plugin instanceof NativeRelationPlugin<?> relation) {
      return Optional.of(relation(relation));
    }
    if (plugin instanceof NativeExpressionPlugin<?> expression) {
      return Optional.of(expression(expression));
    }
    if (plugin instanceof NativeCommandPlugin<?> command) {
      return Optional.of(command(command));
    }
    return Optional.empty();
  }

  private static <M extends Message> ExtensionPlugin relation(NativeRelationPlugin<M> plugin) {
    return new NativeTypedPlugin<>(
        ExtensionKind.RELATION,
        plugin.messageType(),
        (M message, HostContext host) -> plugin.transform(message, new NativeContext(host)),
        Answer.EngineNode::new);
  }

  private static <M extends Message> ExtensionPlugin expression(NativeExpressionPlugin<M> plugin) {
    return new NativeTypedPlugin<>(
        ExtensionKind.EXPRESSION,
        plugin.messageType(),
        (M message, HostContext host) -> plugin.transform(message, new NativeContext(host)),
        Answer.EngineNode::new);
  }

  private static <M extends Message> ExtensionPlugin command(NativeCommandPlugin<M> plugin) {
    return new NativeTypedPlugin<>(
        ExtensionKind.COMMAND,
        plugin.messageType(),
        (M message, HostContext host) -> plugin.execute(message, new NativeContext(host)),
        NativePluginAdapter::answer);
  }

  private static Answer answer(NativeResult result) {
    if (result instanceof NativeResult.Rows rows) {
      return new Answer.EngineRows(rows.dataset());
    }
    return TypedPluginAdapter.answer(((NativeResult.Standard) result).result());
  }
}
