package dev.graft.benchmarks.dispatch.chain;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.connect.proto.Relation;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Spark's chain of relation plugins, step by step as {@code
 * SparkConnectPlanner.transformRelationPlugin} has it: a lazy view of the plugins, mapped to their
 * answers, searched for the first that is not empty.
 *
 * <p>Left out, in the chain's favour, are the lock that Spark takes to read the list and the
 * planner that it passes along.
 */
public final class SparkChain {
  /** Spark 4.x's {@code RelationPlugin}. */
  @FunctionalInterface
  public interface BytesPlugin {
    /** Answers, or declines with empty. */
    Optional<Relation> transform(byte[] extension) throws InvalidProtocolBufferException;
  }

  /** Spark 3.x's {@code RelationPlugin}. */
  @FunctionalInterface
  public interface AnyPlugin {
    /** Answers, or declines with empty. */
    Option<Relation> transform(Any extension) throws InvalidProtocolBufferException;
  }

  private final Seq<BytesPlugin> bytesPlugins;
  private final Seq<AnyPlugin> anyPlugins;

  /** Makes the chain of either line, both in the order given. */
  public SparkChain(List<BytesPlugin> bytesPlugins, List<AnyPlugin> anyPlugins) {
    this.bytesPlugins = CollectionConverters.asScala(bytesPlugins).toList();
    this.anyPlugins = CollectionConverters.asScala(anyPlugins).toList();
  }

  /** As Spark 4.0 to 4.2 do it: every plugin asked gets the whole {@code Any} serialised anew. */
  public Relation transformAsSpark4(Any extension) {
    return bytesPlugins
        .view()
        .map(plugin -> ask(plugin, extension.toByteArray()))
        .find(Optional::isPresent)
        .getOrElse(() -> Optional.<Relation>empty())
        .orElseThrow(() -> noHandler(extension));
  }

  /** As 3.4 and 3.5 do it: all plugins get the same {@code Any}. */
  public Relation transformAsSpark3(Any extension) {
    Option<Option<Relation>> answer =
        anyPlugins.view().map(plugin -> ask(plugin, extension)).find(Option::nonEmpty);
    if (answer.isEmpty()) {
      throw noHandler(extension);
    }
    return answer.get().get();
  }

  private static Optional<Relation> ask(BytesPlugin plugin, byte[] extension) {
    try {
      return plugin.transform(extension);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(
          "The extension is not the message its type URL promises", e);
    }
  }

  private static Option<Relation> ask(AnyPlugin plugin, Any extension) {
    try {
      return plugin.transform(extension);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(
          "The extension is not the message its type URL promises", e);
    }
  }

  private static IllegalArgumentException noHandler(Any extension) {
    return new IllegalArgumentException(
        "No handler found for extension type: " + extension.getTypeUrl());
  }
}
