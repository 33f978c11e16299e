package dev.graft.builtin.asofjoin;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.graft.builtin.v1.AsOfJoin;
import dev.graft.testkit.contract.PluginContract;
import dev.graft.testkit.contract.Sample;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.spark.connect.proto.DataType;

class AsOfJoinContractTest extends PluginContract {
  @Override
  protected Object plugin() {
    return new AsOfJoinPlugin();
  }

  /** But for Spark's own node, which Spark analyses at once whatever is around it. */
  @Override
  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  protected void leavesAnalysisToTheWholePlan(
      @ForAll("graft.samples") Sample sample, @ForAll("graft.schemas") DataType.Struct schema) {
    Assume.that(!asksForSparksNode(sample));
    super.leavesAnalysisToTheWholePlan(sample, schema);
  }

  private static boolean asksForSparksNode(Sample sample) {
    try {
      return AsOfJoin.parseFrom(sample.value()).getStrategy() == AsOfJoin.Strategy.SPARK_NODE;
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }
}
