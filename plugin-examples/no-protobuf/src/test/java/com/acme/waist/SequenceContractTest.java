package com.acme.waist;

import com.google.protobuf.Any;
import com.google.protobuf.UnknownFieldSet;
import dev.graft.testkit.Graft;
import dev.graft.testkit.contract.PluginContract;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;

/** The kit asks a plugin without protobuf as well; only its messages have to be made by hand. */
class SequenceContractTest extends PluginContract {
  private static final String TYPE_URL = "type.googleapis.com/acme.waist.v1.Sequence";

  @Override
  protected Object plugin() {
    return new SequencePlugin();
  }

  @Override
  protected Arbitrary<Any> extensions() {
    Arbitrary<Long> numbers = Arbitraries.longs();
    return Combinators.combine(numbers, numbers, numbers)
        .as(
            (start, end, step) ->
                Any.newBuilder()
                    .setTypeUrl(TYPE_URL)
                    .setValue(sequence(start, end, step).toByteString())
                    .build());
  }

  private static UnknownFieldSet sequence(long start, long end, long step) {
    return UnknownFieldSet.newBuilder()
        .addField(1, UnknownFieldSet.Field.newBuilder().addVarint(start).build())
        .addField(2, UnknownFieldSet.Field.newBuilder().addVarint(end).build())
        .addField(3, UnknownFieldSet.Field.newBuilder().addVarint(step).build())
        .build();
  }

  @Example
  void aSequenceBecomesARange() {
    Graft.inMemory(new SequencePlugin())
        .lower(TYPE_URL, sequence(4, 11, 3).toByteArray())
        .hasTree(
            """
            Relation
            └─ range: Range
               ├─ start: 4
               ├─ end: 11
               └─ step: 3
            """);
  }
}
