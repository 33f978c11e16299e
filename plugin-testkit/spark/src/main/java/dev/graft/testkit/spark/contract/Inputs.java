package dev.graft.testkit.spark.contract;

import com.google.protobuf.Any;
import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Nodes;
import dev.graft.api.node.RelationNode;
import dev.graft.spi.ExtensionKind;
import dev.graft.testkit.contract.MarkedInputs;
import dev.graft.testkit.contract.Sample;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.RelationCommon;

/** Inputs that a server can work with, so that what fails is not their fault. */
final class Inputs {
  private static final String OWN_COLUMN = "graft_input_";

  /** The plan id of the relation around an expression. */
  private static final long AROUND = 999;

  private static final long BESIDE = 998;
  private static final String COLUMN = "graft_column";

  private Inputs() {}

  /**
   * Inputs for a message: relations have the columns {@code id}, {@code name}, {@code amount} and
   * one of their own; expressions are a column of the relation around the extension, or for a
   * relation the column {@code id}.
   */
  static MarkedInputs marked(ExtensionKind kind) {
    return new MarkedInputs(
        Inputs::relation,
        planId ->
            kind == ExtensionKind.EXPRESSION ? column(COLUMN, AROUND) : Nodes.column("id").build());
  }

  /** The name of the column that only the input with a plan id has. */
  static String ownColumn(long planId) {
    return OWN_COLUMN + planId;
  }

  private static Relation relation(long planId) {
    ExpressionNode id = Nodes.column("id");
    return withPlanId(
        Nodes.range(3)
            .select(
                id,
                Nodes.literal("a").as("name"),
                id.times(2).as("amount"),
                id.as(ownColumn(planId))),
        planId);
  }

  /** The relation that a client sends to have a sample answered. */
  static Relation relation(Sample sample) {
    return sample.kind() == ExtensionKind.RELATION
        ? Relation.newBuilder().setExtension(any(sample)).build()
        : expressionOver(around(AROUND), sample);
  }

  /**
   * The relation of an expression over two relations with columns of the same names, which only
   * their plan ids tell apart.
   */
  static Relation ambiguous(Sample sample) {
    return expressionOver(around(AROUND).crossJoin(around(BESIDE)), sample);
  }

  /** Selects a column by the plan id of a relation inside, as {@code df["x"]} does. */
  static Relation select(Relation relation, String name, long planId) {
    return Nodes.relation(relation).select(Nodes.expression(column(name, planId))).build();
  }

  static Any any(Sample sample) {
    return Any.newBuilder().setTypeUrl(sample.typeUrl()).setValue(sample.value()).build();
  }

  private static RelationNode around(long planId) {
    ExpressionNode id = Nodes.column("id");
    return Nodes.relation(
        withPlanId(Nodes.range(3).select(id, id.cast("STRING").as(COLUMN)), planId));
  }

  private static Relation expressionOver(RelationNode relation, Sample sample) {
    Expression extension = Expression.newBuilder().setExtension(any(sample)).build();
    return relation.select(Nodes.expression(extension).as("answer")).build();
  }

  private static Relation withPlanId(RelationNode relation, long planId) {
    return relation.build().toBuilder()
        .setCommon(RelationCommon.newBuilder().setPlanId(planId))
        .build();
  }

  private static Expression column(String name, long planId) {
    return Expression.newBuilder()
        .setUnresolvedAttribute(
            Expression.UnresolvedAttribute.newBuilder()
                .setUnparsedIdentifier(name)
                .setPlanId(planId))
        .build();
  }
}
