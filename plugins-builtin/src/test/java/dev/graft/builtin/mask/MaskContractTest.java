package dev.graft.builtin.mask;

import dev.graft.builtin.v1.Mask;
import dev.graft.testkit.arbitrary.ConnectArbitraries;
import dev.graft.testkit.contract.PluginContract;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.apache.spark.connect.proto.Expression;

class MaskContractTest extends PluginContract {
  @Override
  protected Object plugin() {
    return new MaskPlugin();
  }

  @Override
  protected Arbitrary<Mask> messages() {
    return Combinators.combine(
            ConnectArbitraries.expressions(),
            Arbitraries.of(Mask.Method.KEEP_ENDS, Mask.Method.FORMAT_PRESERVING, Mask.Method.HASH),
            Arbitraries.integers().between(0, 3))
        .as(MaskContractTest::mask);
  }

  private static Mask mask(Expression input, Mask.Method method, int keep) {
    Mask.Builder mask = Mask.newBuilder().setInput(input).setMethod(method);
    return method == Mask.Method.KEEP_ENDS
        ? mask.setKeepFirst(keep).build()
        : mask.setSalt("0123456789abcdef".repeat(keep)).build();
  }
}
