package dev.graft.api.adapter;

import com.google.protobuf.Message;
import dev.graft.api.CommandPlugin;
import dev.graft.api.CommandResult;
import dev.graft.api.ExpressionPlugin;
import dev.graft.api.PlanningContext;
import dev.graft.api.RelationPlugin;
import dev.graft.spi.Answer;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.spi.HostContext;
import dev.graft.spi.PluginAdapter;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.connect.proto.Command;

/** Adapts the portable plugin interfaces of {@code dev.graft.api}. */
public final class TypedPluginAdapter implements PluginAdapter {
  @Override
  public Map<String, ExtensionKind> pluginInterfaces() {
    return Map.of(
        RelationPlugin.class.getName(), ExtensionKind.RELATION,
        ExpressionPlugin.class.getName(), ExtensionKind.EXPRESSION,
        CommandPlugin.class.getName(), ExtensionKind.COMMAND);
  }

  @Override
  public Optional<ExtensionPlugin> adapt(Object plugin) {
    if (plugin instanceof RelationPlugin<?> relation) {
      return Optional.of(relation(relation));
    }
    if (plugin instanceof ExpressionPlugin<?> expression) {
      return Optional.of(expression(expression));
    }
    if (plugin instanceof CommandPlugin<?> command) {
      return Optional.of(command(command));
    }
    return Optional.empty();
  }

  private static <M extends Message> ExtensionPlugin relation(RelationPlugin<M> plugin) {
    return new TypedPlugin<>(
        ExtensionKind.RELATION,
        plugin.messageType(),
        (M message, HostContext host) -> plugin.transform(message, new PlanningContext(host)),
        relation -> new Answer.Node(relation.toByteArray()));
  }

  private static <M extends Message> ExtensionPlugin expression(ExpressionPlugin<M> plugin) {
    return new TypedPlugin<>(
        ExtensionKind.EXPRESSION,
        plugin.messageType(),
        (M message, HostContext host) -> plugin.transform(message, new PlanningContext(host)),
        expression -> new Answer.Node(expression.toByteArray()));
  }

  private static <M extends Message> ExtensionPlugin command(CommandPlugin<M> plugin) {
    return new TypedPlugin<>(
        ExtensionKind.COMMAND,
        plugin.messageType(),
        (M message, HostContext host) -> plugin.execute(message, new PlanningContext(host)),
        TypedPluginAdapter::answer);
  }

  /** The result of a command in the terms of the waist. */
  public static Answer answer(CommandResult result) {
    if (result instanceof CommandResult.Rows rows) {
      return new Answer.Rows(rows.relation().toByteArray());
    }
    if (result instanceof CommandResult.Commands commands) {
      return new Answer.Commands(commands.commands().stream().map(Command::toByteArray).toList());
    }
    if (result instanceof CommandResult.Reply reply) {
      return new Answer.Message(
          TypedPlugin.TYPE_URL_PREFIX + reply.message().getDescriptorForType().getFullName(),
          reply.message().toByteArray());
    }
    return new Answer.Done();
  }
}
