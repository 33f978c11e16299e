package dev.graft.benchmarks.dispatch;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Internal;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import dev.graft.api.Messages;
import dev.graft.api.PlanningContext;
import dev.graft.api.RelationPlugin;
import dev.graft.spi.Answer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.spi.HostContext;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

/**
 * A typed plugin as {@code plugin-api} calls it, but that nobody looks for unknown fields in its
 * messages.
 */
final class Unlooked<M extends Message> implements ExtensionPlugin {
  private final RelationPlugin<M> plugin;
  private final Parser<M> parser;
  private final String messageName;

  @SuppressWarnings("unchecked") // a message's parser makes messages of its own class
  Unlooked(RelationPlugin<M> plugin) {
    this.plugin = plugin;
    M prototype = Internal.getDefaultInstance(plugin.messageType());
    this.parser = (Parser<M>) prototype.getParserForType();
    this.messageName = prototype.getDescriptorForType().getFullName();
  }

  @Override
  public ExtensionKind kind() {
    return ExtensionKind.RELATION;
  }

  @Override
  public Set<String> messageNames() {
    return Set.of(messageName);
  }

  @Override
  public Optional<Answer> answer(Extension extension, HostContext context) throws Exception {
    ByteBuffer value = extension.value();
    CodedInputStream input = UnsafeByteOperations.unsafeWrap(value).newCodedInput();
    input.enableAliasing(true);
    M message = Messages.parse(input, value.remaining(), parser, messageName);
    return plugin
        .transform(message, new PlanningContext(context))
        .map(relation -> new Answer.Node(relation.toByteArray()));
  }
}
