package dev.graft.builtin.bucket;

import dev.graft.builtin.v1.Bucket;
import dev.graft.testkit.arbitrary.ConnectArbitraries;
import dev.graft.testkit.contract.PluginContract;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

class BucketContractTest extends PluginContract {
  @Override
  protected Object plugin() {
    return new BucketPlugin();
  }

  @Override
  protected Arbitrary<Bucket> messages() {
    return Combinators.combine(
            ConnectArbitraries.expressions(),
            Arbitraries.doubles().between(-9, 9).set().ofMinSize(1).ofMaxSize(20),
            Arbitraries.of(true, false))
        .as(
            (input, edges, interval) ->
                Bucket.newBuilder()
                    .setInput(input)
                    .addAllEdges(edges.stream().sorted().toList())
                    .setIntervalLabels(interval)
                    .build());
  }
}
