package dev.graft.benchmarks.dispatch.plugin0000;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.graft.benchmarks.dispatch.chain.SparkChain;
import java.util.Optional;
import org.apache.spark.connect.proto.Relation;

/**
 * The plugin for Spark 4.x, after the example in Spark's own tests: parse the {@code Any}, check
 * its type, unpack it.
 */
public final class Spark4Plugin implements SparkChain.BytesPlugin {
  @Override
  public Optional<Relation> transform(byte[] extension) throws InvalidProtocolBufferException {
    Any any = Any.parseFrom(extension);
    return any.is(Series.class)
        ? Optional.of(SeriesRelation.of(any.unpack(Series.class)))
        : Optional.empty();
  }
}
