package dev.graft.builtin.diff;

import com.google.protobuf.Message;
import dev.graft.builtin.v1.Diff;
import dev.graft.testkit.arbitrary.ConnectArbitraries;
import dev.graft.testkit.contract.PluginContract;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

class DiffContractTest extends PluginContract {
  @Override
  protected Object plugin() {
    return new DiffPlugin();
  }

  /** Two sides at random have no columns in common, so one is both. */
  @Override
  protected Arbitrary<? extends Message> messages() {
    return Combinators.combine(
            ConnectArbitraries.relations(),
            Arbitraries.integers().between(0, 3),
            Arbitraries.of(true, false))
        .as(
            (side, mode, sparse) ->
                Diff.newBuilder()
                    .setLeft(side)
                    .setRight(side)
                    .setDiffModeValue(mode)
                    .setSparseMode(sparse)
                    .build());
  }
}
