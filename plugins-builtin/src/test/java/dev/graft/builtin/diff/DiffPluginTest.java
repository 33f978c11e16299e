package dev.graft.builtin.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Nodes;
import dev.graft.builtin.v1.Diff;
import dev.graft.testkit.Graft;
import dev.graft.testkit.WithPlugins;
import org.apache.spark.connect.proto.Join;
import org.apache.spark.connect.proto.Project;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.Test;

@WithPlugins(DiffPlugin.class)
class DiffPluginTest {
  private static final Relation BEFORE = Nodes.table("before").build();
  private static final Relation AFTER = Nodes.table("after").build();

  private static Diff.Builder diff() {
    return Diff.newBuilder().setLeft(BEFORE).setRight(AFTER);
  }

  private static void schemas(Graft graft, String left, String right) {
    graft.schema(BEFORE, left);
    graft.schema(AFTER, right);
  }

  private static Project lowered(Graft graft, Diff.Builder diff) {
    return graft.lower(diff.build()).relation().getProject();
  }

  @Test
  void eachSideIsReadOnceAndJoinedByItsIds(Graft graft) {
    schemas(graft, "id TIMESTAMP, value STRING", "value STRING, id TIMESTAMP");

    Project result = lowered(graft, diff().addIdColumns("id"));

    Join join = result.getInput().getJoin();
    assertThat(join.getJoinType()).isEqualTo(Join.JoinType.JOIN_TYPE_FULL_OUTER);
    assertThat(join.getJoinCondition())
        .isEqualTo(Nodes.column("l0").nullSafeEqualTo(Nodes.column("r1")).build());
    assertThat(join.getLeft().getProject().getInput().getToDf().getInput()).isEqualTo(BEFORE);
    assertThat(result.getExpressionsList())
        .extracting(column -> column.getAlias().getName(0))
        .containsExactly("diff", "id", "left_value", "right_value");
  }

  @Test
  void idsWithoutNullsAreComparedPlainly(Graft graft) {
    schemas(graft, "id INT NOT NULL, v INT", "id INT NOT NULL, v INT");

    Join join = lowered(graft, diff().addIdColumns("id")).getInput().getJoin();

    assertThat(join.getJoinCondition())
        .isEqualTo(Nodes.column("l0").equalTo(Nodes.column("r0")).build());
  }

  @Test
  void idsThatMayBeNullAreOneKeyWhereSomethingCanStandForNull(Graft graft) {
    schemas(graft, "id INT NOT NULL, v INT", "id INT, v INT");

    Join join = lowered(graft, diff().addIdColumns("id")).getInput().getJoin();

    ExpressionNode left = Nodes.column("l0");
    ExpressionNode right = Nodes.column("r0");
    ExpressionNode sameValue =
        Nodes.call("coalesce", left, -1_640_531_527)
            .equalTo(Nodes.call("coalesce", right, -1_640_531_527));
    ExpressionNode bothNull = left.isNull().and(right.isNull());
    ExpressionNode noneNull = left.isNull().or(right.isNull()).not();
    assertThat(join.getJoinCondition()).isEqualTo(sameValue.and(bothNull.or(noneNull)).build());
  }

  @Test
  void aThousandColumnsMakeNoDeepPlan(Graft graft) {
    StringBuilder columns = new StringBuilder("id INT");
    for (int place = 0; place < 1_000; place++) {
      columns.append(", c").append(place).append(" INT");
    }
    schemas(graft, columns.toString(), columns.toString());

    Project result = lowered(graft, diff().addIdColumns("id").setChangeColumn("changes"));

    assertThat(result.getExpressionsCount()).isEqualTo(2 + 1 + 2 * 1_000);
    assertThat(depthOfText(result.toString())).isLessThan(60);
  }

  /** How deep the braces of protobuf's text nest. */
  private static int depthOfText(String text) {
    int depth = 0;
    int deepest = 0;
    for (int at = 0; at < text.length(); at++) {
      char character = text.charAt(at);
      depth += character == '{' ? 1 : character == '}' ? -1 : 0;
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  }

  @Test
  void namesAreTakenAsTheyAreSpelledWhereCaseTellsThemApart(Graft graft) {
    schemas(graft, "id INT, ID TIMESTAMP", "ID TIMESTAMP, id INT");

    Project result = lowered(graft, diff().addIdColumns("ID"));

    assertThat(result.getInput().getJoin().getJoinCondition())
        .isEqualTo(Nodes.column("l1").nullSafeEqualTo(Nodes.column("r0")).build());
    assertThat(result.getExpressionsList())
        .extracting(column -> column.getAlias().getName(0))
        .containsExactly("diff", "ID", "left_id", "right_id");
  }

  @Test
  void valuesThatSparkCannotCompareAreToBeIgnored(Graft graft) {
    schemas(graft, "id INT, v VARIANT", "id INT, v VARIANT");

    graft
        .refused(diff().addIdColumns("id").build())
        .saying("Diff cannot compare the column 'v' of type variant. Name it in ignore_columns.");
    assertThat(
            lowered(graft, diff().addIdColumns("id").addIgnoreColumns("v")).getExpressionsCount())
        .isEqualTo(4);
  }

  @Test
  void optionsAreCheckedBeforeTheServerIsAsked(Graft graft) {
    graft
        .refused(diff().clearRight().build())
        .saying("Diff.right is not given. Give the DataFrame that is after.");
    graft
        .refused(diff().setDeleteDiffValue("N").build())
        .saying(
            "Diff.nochange_diff_value is N. Give different ones for inserted, changed, deleted and"
                + " unchanged rows.");
    Diff.Within nanos =
        Diff.Within.newBuilder().setDuration(Duration.newBuilder().setNanos(1)).build();
    graft
        .refused(
            diff().setDefaultComparator(Diff.Comparator.newBuilder().setDuration(nanos)).build())
        .saying(
            "Diff.default_comparator.duration is 0 s and 1 ns. Give a duration of whole"
                + " microseconds that is 0 or more.");
  }
}
