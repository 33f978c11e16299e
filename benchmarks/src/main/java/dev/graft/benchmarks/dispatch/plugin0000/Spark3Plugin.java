package dev.graft.benchmarks.dispatch.plugin0000;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.graft.benchmarks.dispatch.chain.SparkChain;
import org.apache.spark.connect.proto.Relation;
import scala.Option;

/** The plugin for Spark 3.x, which is handed the {@code Any} itself. */
public final class Spark3Plugin implements SparkChain.AnyPlugin {
  @Override
  public Option<Relation> transform(Any extension) throws InvalidProtocolBufferException {
    return extension.is(Series.class)
        ? Option.apply(SeriesRelation.of(extension.unpack(Series.class)))
        : Option.empty();
  }
}
