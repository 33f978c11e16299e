package dev.graft.testkit.arbitrary;

import com.google.protobuf.Message;
import java.util.stream.Stream;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;

/** A message that knows those that are a little simpler. */
record MessageShrinkable<M extends Message>(M value) implements Shrinkable<M> {
  @Override
  public Stream<Shrinkable<M>> shrink() {
    int size = value.getSerializedSize();
    return SimplerMessages.of(value)
        .filter(simpler -> simpler.getSerializedSize() < size)
        .map(MessageShrinkable::new);
  }

  @Override
  public ShrinkingDistance distance() {
    return ShrinkingDistance.of(value.getSerializedSize());
  }
}
