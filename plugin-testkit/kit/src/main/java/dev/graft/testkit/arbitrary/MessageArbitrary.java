package dev.graft.testkit.arbitrary;

import com.google.protobuf.Message;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCases;
import net.jqwik.api.RandomGenerator;

/**
 * Messages of the type of a prototype.
 *
 * @param messages how many messages each may hold
 */
record MessageArbitrary<M extends Message>(M prototype, int messages) implements Arbitrary<M> {
  @Override
  public RandomGenerator<M> generator(int genSize) {
    return random -> {
      int most = 1 + random.nextInt(messages);
      return new MessageShrinkable<>(new MessageFiller(random, most).fill(prototype));
    };
  }

  @Override
  public EdgeCases<M> edgeCases(int maxEdgeCases) {
    return EdgeCases.none();
  }
}
