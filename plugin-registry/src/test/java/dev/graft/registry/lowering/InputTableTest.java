package dev.graft.registry.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.graft.api.node.Nodes;
import dev.graft.registry.descriptor.Descriptors;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.connect.proto.Aggregate;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Join;
import org.apache.spark.connect.proto.Limit;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Range;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.SQL;
import org.apache.spark.connect.proto.Sort;
import org.junit.jupiter.api.Test;

/**
 * Messages of Spark's own stand for those of plugins: they hold relations and expressions alike.
 */
class InputTableTest {
  private static final Relation LEFT = Nodes.table("left").build();
  private static final Relation RIGHT = Nodes.table("right").build();
  private static final Expression N = Nodes.columnNamed("n").build();

  @Test
  void relationsAndExpressionsAreFoundInOrder() {
    Join join = Join.newBuilder().setLeft(LEFT).setRight(RIGHT).setJoinCondition(N).build();

    MessageInputs inputs = inputs(join);

    assertThat(inputs.relations()).containsExactly(LEFT.toByteArray(), RIGHT.toByteArray());
    assertThat(inputs.expressions()).containsExactly(N.toByteArray());
  }

  @Test
  void theyAreFoundInMessagesInsideAndInMaps() {
    Sort sort =
        Sort.newBuilder()
            .setInput(LEFT)
            .addOrder(Expression.SortOrder.newBuilder().setChild(N))
            .build();
    SQL sql = SQL.newBuilder().setQuery("q").putNamedArguments("n", N).build();

    assertThat(inputs(sort).expressions()).containsExactly(N.toByteArray());
    assertThat(inputs(sql).expressions()).containsExactly(N.toByteArray());
    assertThat(inputs(Plan.newBuilder().setRoot(LEFT).build()).relations())
        .containsExactly(LEFT.toByteArray());
  }

  @Test
  void whatIsInsideOneIsNotListedByItself() {
    Relation outer =
        Relation.newBuilder().setLimit(Limit.newBuilder().setInput(LEFT).setLimit(1)).build();

    assertThat(inputs(Aggregate.newBuilder().setInput(outer).build()).relations())
        .containsExactly(outer.toByteArray());
  }

  @Test
  void messageWithoutInputsHasNone() {
    assertThat(inputs(Range.newBuilder().setEnd(3).setStep(1).build()))
        .isEqualTo(MessageInputs.NONE);
  }

  @Test
  void bytesThatAreNoMessageHaveNone() {
    byte[] join = Join.newBuilder().setLeft(LEFT).setRight(RIGHT).build().toByteArray();
    InputTable table = InputTable.of(Descriptors.ofConnect(), "spark.connect.Join");

    for (int length = 1; length < join.length; length++) {
      MessageInputs inputs = table.find(ByteBuffer.wrap(Arrays.copyOf(join, length)));
      assertThat(inputs.relations().size()).isLessThan(2);
    }
    assertThat(table.find(ByteBuffer.wrap(new byte[] {-1, -1, -1}))).isEqualTo(MessageInputs.NONE);
  }

  @Test
  void messageThatNobodyDescribesHasNone() {
    InputTable table = InputTable.of(Descriptors.ofConnect(), "acme.v1.Unknown");

    assertThat(table.find(ByteBuffer.wrap(LEFT.toByteArray()))).isEqualTo(MessageInputs.NONE);
    assertThat(MessageInputs.NONE.relations()).isEqualTo(List.of());
  }

  private static MessageInputs inputs(Message message) {
    return InputTable.of(Descriptors.ofConnect(), message.getDescriptorForType().getFullName())
        .find(ByteBuffer.wrap(message.toByteArray()));
  }
}
