package dev.graft.benchmarks.dispatch;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import dev.graft.api.adapter.TypedPluginAdapter;
import dev.graft.benchmarks.dispatch.chain.SparkChain;
import dev.graft.benchmarks.dispatch.plugin0000.GraftPlugin;
import dev.graft.benchmarks.dispatch.plugin0000.Series;
import dev.graft.benchmarks.dispatch.plugin0000.Spark3Plugin;
import dev.graft.benchmarks.dispatch.plugin0000.Spark4Plugin;
import dev.graft.registry.Dispatcher;
import dev.graft.registry.PluginIndex;
import dev.graft.registry.RequestContext;
import dev.graft.registry.invoke.CallWatch;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.registry.invoke.PluginIdentity;
import dev.graft.registry.invoke.PluginOrigin;
import dev.graft.registry.invoke.Seam;
import dev.graft.registry.lowering.AnyExtension;
import dev.graft.spi.Answer;
import dev.graft.spi.ExtensionKind;
import java.util.List;
import java.util.Map;
import org.apache.spark.connect.proto.Relation;

/**
 * The same plugins in Graft's registry and in Spark's chain, and one extension for one of them.
 * Safe for use by several threads.
 */
final class Contenders {
  private static final RequestContext REQUEST = new FixedRequest();

  private final Dispatcher dispatcher;
  private final SparkChain chain;
  private final Any extension;
  private final byte[] extensionBytes;

  /**
   * Loads the plugins and packs the extension.
   *
   * @param messageBytes the size of the serialised message, without the {@code Any} around it; 8 or
   *     more
   */
  Contenders(int plugins, int messageBytes, Place place) {
    PluginFamily family = new PluginFamily();
    List<LoadedPlugin> loaded =
        family.instances(plugins, GraftPlugin.class, Object.class).stream()
            .map(Contenders::loaded)
            .toList();
    dispatcher = new Dispatcher(new PluginIndex(loaded), List.of());
    chain =
        new SparkChain(
            family.instances(plugins, Spark4Plugin.class, SparkChain.BytesPlugin.class),
            family.instances(plugins, Spark3Plugin.class, SparkChain.AnyPlugin.class));
    String messageName = List.copyOf(loaded.get(place.among(plugins) - 1).messageNames()).get(0);
    extension =
        Any.newBuilder()
            .setTypeUrl("type.googleapis.com/" + messageName)
            .setValue(message(messageBytes))
            .build();
    extensionBytes = extension.toByteArray();
  }

  static LoadedPlugin loaded(Object plugin) {
    PluginIdentity identity =
        new PluginIdentity(plugin.getClass().getName(), new PluginOrigin("family", "", "memory"));
    return LoadedPlugin.of(
        plugin,
        () -> List.of(new TypedPluginAdapter()),
        new Seam(identity, null, CallWatch.NONE),
        Map.of());
  }

  private static ByteString message(int bytes) {
    Series unpadded = Series.newBuilder().setStart(1).build();
    int padding = bytes - unpadded.getSerializedSize();
    ByteString message;
    do { // the padding's tag and length take a few bytes themselves
      message =
          unpadded.toBuilder()
              .setPadding(ByteString.copyFrom(new byte[padding--]))
              .build()
              .toByteString();
    } while (message.size() > bytes);
    return message;
  }

  /** Graft, from the bytes that a host is given. */
  Answer graft() {
    return dispatcher
        .dispatch(AnyExtension.read(ExtensionKind.RELATION, extensionBytes), REQUEST)
        .answer();
  }

  /**
   * Graft as the only plugin in the chain of Spark 4.x, which serialises the {@code Any} once to
   * ask it.
   */
  Answer graftInSpark() {
    return dispatcher
        .dispatch(AnyExtension.read(ExtensionKind.RELATION, extension.toByteArray()), REQUEST)
        .answer();
  }

  /** The chain of Spark 4.x. */
  Relation spark4() {
    return chain.transformAsSpark4(extension);
  }

  /**
   * The chain of Spark 3.x. An {@code Any} remembers what it was unpacked to, so each request has
   * its own.
   */
  Relation spark3() {
    return chain.transformAsSpark3(extension.toBuilder().build());
  }
}
