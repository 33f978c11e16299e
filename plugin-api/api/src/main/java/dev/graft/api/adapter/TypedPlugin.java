package dev.graft.api.adapter;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Internal;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import dev.graft.api.Messages;
import dev.graft.spi.Answer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.spi.HostContext;
import dev.graft.spi.MalformedExtensionException;
import dev.graft.spi.MessageDescription;
import dev.graft.spi.PlanningException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A typed plugin in the terms of the waist: parses the message with the realm's own protobuf, makes
 * sure that all of it is known, and hands it on.
 *
 * @param <M> the message the plugin is for
 * @param <R> what the plugin returns
 */
public class TypedPlugin<M extends Message, R> implements ExtensionPlugin {
  static final String TYPE_URL_PREFIX = "type.googleapis.com/";

  /**
   * The plugin's one method.
   *
   * @param <M> the message the plugin is for
   * @param <R> what the plugin returns
   */
  @FunctionalInterface
  public interface Method<M extends Message, R> {
    /** See {@link ExtensionPlugin#answer}. */
    Optional<R> answer(M message, HostContext host) throws Exception;
  }

  private final ExtensionKind kind;
  private final Class<M> messageType;
  private final Parser<M> parser;
  private final String messageName;
  private final UnknownFields unknownFields;
  private final Method<M, R> method;
  private final Function<R, Answer> toAnswer;

  /**
   * Binds a plugin's method to its message. Initialises the message's class, so that what is wrong
   * with it is found at start-up.
   */
  @SuppressWarnings("unchecked") // a message's parser makes messages of its own class
  public TypedPlugin(
      ExtensionKind kind, Class<M> messageType, Method<M, R> method, Function<R, Answer> toAnswer) {
    this.kind = kind;
    this.messageType = Objects.requireNonNull(messageType, "messageType() returned null");
    M prototype = Internal.getDefaultInstance(messageType);
    this.parser = (Parser<M>) prototype.getParserForType();
    this.messageName = prototype.getDescriptorForType().getFullName();
    this.unknownFields = UnknownFields.of(prototype);
    this.method = method;
    this.toAnswer = toAnswer;
  }

  @Override
  public final ExtensionKind kind() {
    return kind;
  }

  @Override
  public final Set<String> messageNames() {
    return Set.of(messageName);
  }

  @Override
  public final MessageDescription describe(String messageName) {
    return MessageDescriptions.of(
        Internal.getDefaultInstance(messageType).getDescriptorForType(),
        messageType.getClassLoader());
  }

  @Override
  @SuppressWarnings({
    "NullAway",
    "NullableOptional"
  }) // null is the plugin's fault; the registry reports it
  public final Optional<Answer> answer(Extension extension, HostContext context) throws Exception {
    Optional<R> result = method.answer(parse(extension), context);
    return result == null ? null : result.map(toAnswer);
  }

  private M parse(Extension extension) {
    ByteBuffer value = extension.value();
    if (messageType == Any.class) {
      return messageType.cast(
          Any.newBuilder()
              .setTypeUrl(extension.typeUrl())
              .setValue(ByteString.copyFrom(value))
              .build());
    }
    try {
      // The request's bytes don't change, so the message may share them: a nested plan as bytes, or
      // local data, is not copied.
      CodedInputStream input = UnsafeByteOperations.unsafeWrap(value).newCodedInput();
      input.enableAliasing(true);
      M message = Messages.parse(input, value.remaining(), parser, messageName);
      unknownFields.refuse(message);
      return message;
    } catch (PlanningException e) {
      throw new MalformedExtensionException(e);
    }
  }
}
