package dev.graft.api.spark;

import com.google.protobuf.Message;
import dev.graft.api.adapter.TypedPlugin;
import dev.graft.spi.Answer;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.NativePlugin;
import java.util.function.Function;

/**
 * A native plugin in the terms of the waist.
 *
 * @param <M> the message the plugin is for
 * @param <R> what the plugin returns
 */
final class NativeTypedPlugin<M extends Message, R> extends TypedPlugin<M, R>
    implements NativePlugin {
  NativeTypedPlugin(
      ExtensionKind kind, Class<M> messageType, Method<M, R> method, Function<R, Answer> toAnswer) {
    super(kind, messageType, method, toAnswer);
  }
}
