package dev.graft.testkit.arbitrary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.registry.descriptor.Descriptors;
import dev.graft.testkit.tree.PlanTree;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.apache.spark.connect.proto.Filter;

/** Random messages printed as trees, damaged and hostile ones; beside what can draw them. */
class HostilePlanTreesTest {
  private final PlanTree tree = new PlanTree(Descriptors.ofConnect(), 100);

  @Provide
  Arbitrary<Filter> filters() {
    return ConnectArbitraries.messages(Filter.class);
  }

  @Provide
  Arbitrary<byte[]> hostile() {
    return ConnectArbitraries.hostileBytes(Filter.getDescriptor());
  }

  @Property(tries = 500, shrinking = ShrinkingMode.OFF)
  void nothingIsEverThrown(
      @ForAll("filters") Filter filter, @ForAll("hostile") byte[] hostile, @ForAll long seed) {
    byte[] bytes = filter.toByteArray();
    Random random = new Random(seed);
    for (int i = 0; i < 5 && bytes.length > 0; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }

    assertThat(tree.print("spark.connect.Filter", bytes)).startsWith("Filter\n");
    assertThat(tree.print("spark.connect.Filter", hostile)).startsWith("Filter\n");
  }
}
