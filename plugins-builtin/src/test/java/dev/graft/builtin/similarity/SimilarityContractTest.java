package dev.graft.builtin.similarity;

import dev.graft.builtin.v1.Similarity;
import dev.graft.testkit.arbitrary.ConnectArbitraries;
import dev.graft.testkit.contract.PluginContract;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

class SimilarityContractTest extends PluginContract {
  @Override
  protected Object plugin() {
    return new SimilarityPlugin();
  }

  @Override
  protected Arbitrary<Similarity> messages() {
    return Combinators.combine(
            ConnectArbitraries.expressions(),
            ConnectArbitraries.expressions(),
            Arbitraries.of(0, 1, 2, 3, 4))
        .as(
            (left, right, measure) ->
                Similarity.newBuilder()
                    .setLeft(left)
                    .setRight(right)
                    .setMeasureValue(measure)
                    .build());
  }
}
