package dev.graft.testkit.tree;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.descriptor.Descriptors;
import dev.graft.registry.wire.WireMessage;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Filter;
import org.apache.spark.connect.proto.Join;
import org.apache.spark.connect.proto.LocalRelation;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Range;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.RelationCommon;
import org.junit.jupiter.api.Test;

class PlanTreeTest {
  private final PlanTree tree = new PlanTree(Descriptors.ofConnect(), 100);

  @Test
  void planIsPrintedWithAllNamesAndValues() {
    assertThat(tree.print(ConnectType.PLAN, plan().toByteArray()))
        .isEqualTo(
            """
            Plan
            └─ root: Relation
               └─ join: Join
                  ├─ left: Relation
                  │  ├─ common: RelationCommon
                  │  │  └─ plan_id: 3
                  │  └─ extension: Any "type.googleapis.com/spark.connect.Range" (2 bytes)
                  │     └─ end: 9
                  ├─ right: Relation
                  │  └─ local_relation: LocalRelation
                  │     ├─ data: 0x00000000000000000000000000000000… (40 bytes)
                  │     └─ schema: "%s…" (90 characters)
                  ├─ join_type: JOIN_TYPE_INNER
                  └─ using_columns: "a\\nb"
            """
                .formatted("s".repeat(80)));
  }

  @Test
  void malformedBytesArePrintedAsFarAsTheyGo() {
    byte[] range =
        Relation.newBuilder().setRange(Range.newBuilder().setEnd(7)).build().toByteArray();
    byte[] cutOff = java.util.Arrays.copyOf(range, range.length + 2);
    cutOff[range.length] = 0x22;
    cutOff[range.length + 1] = 9;

    assertThat(tree.print(ConnectType.RELATION, cutOff))
        .isEqualTo(
            """
            Relation
            ├─ range: Range
            │  └─ end: 7
            └─ ✗ malformed at byte 5: field 4 is cut off: its length is 9, and 0 bytes are left
            """
                .replace("byte 5", "byte " + (range.length + 1)));
  }

  @Test
  void linesAreLimited() {
    byte[] deep = {};
    for (int i = 0; i < 5_000; i++) {
      byte[] filter = WireMessage.EMPTY.with(Filter.INPUT_FIELD_NUMBER, deep).bytes();
      deep = WireMessage.EMPTY.with(Relation.FILTER_FIELD_NUMBER, filter).bytes();
    }

    String printed = tree.print(ConnectType.RELATION, deep);

    assertThat(printed.lines()).hasSize(101);
    assertThat(printed).endsWith("… (cut off after 100 lines)\n");
  }

  @Property(tries = 500, shrinking = ShrinkingMode.OFF)
  void nothingIsEverThrown(@ForAll long seed, @ForAll byte[] noise) {
    byte[] bytes = plan().toByteArray();
    Random random = new Random(seed);
    for (int i = 0; i < 5; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }

    assertThat(tree.print(ConnectType.PLAN, bytes)).startsWith("Plan\n");
    assertThat(tree.print(Expression.getDescriptor().getFullName(), noise)).isNotEmpty();
  }

  /** With an extension, and what is too long to be shown. */
  private static Plan plan() {
    Relation left =
        Relation.newBuilder()
            .setCommon(RelationCommon.newBuilder().setPlanId(3))
            .setExtension(
                Any.newBuilder()
                    .setTypeUrl("type.googleapis.com/spark.connect.Range")
                    .setValue(Range.newBuilder().setEnd(9).build().toByteString()))
            .build();
    Relation right =
        Relation.newBuilder()
            .setLocalRelation(
                LocalRelation.newBuilder()
                    .setData(ByteString.copyFrom(new byte[40]))
                    .setSchema("s".repeat(90)))
            .build();
    return Plan.newBuilder()
        .setRoot(
            Relation.newBuilder()
                .setJoin(
                    Join.newBuilder()
                        .setLeft(left)
                        .setRight(right)
                        .setJoinType(Join.JoinType.JOIN_TYPE_INNER)
                        .addUsingColumns("a\nb")))
        .build();
  }
}
