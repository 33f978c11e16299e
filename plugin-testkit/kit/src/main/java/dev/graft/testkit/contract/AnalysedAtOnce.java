package dev.graft.testkit.contract;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.connect.proto.Aggregate;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.Relation.RelTypeCase;

/**
 * Relations that Spark's planner analyses while it plans, rather than with the whole plan. A
 * subquery that a client has put into an expression of an extension is then not known yet: PySpark
 * puts the plans of subqueries around the node that holds the expression, which is the extension.
 *
 * <p>Those whose branches of {@code SparkConnectPlanner.transformRelation} ask a {@code Dataset} or
 * a {@code QueryExecution} for the columns of their input, in 4.0.1, 4.1.2 or 4.2.0. Earlier lines
 * have no subqueries of this kind.
 */
final class AnalysedAtOnce {
  private static final Set<RelTypeCase> ALWAYS =
      EnumSet.of(
          RelTypeCase.APPLY_IN_PANDAS_WITH_STATE,
          RelTypeCase.APPROX_QUANTILE,
          RelTypeCase.AS_OF_JOIN,
          RelTypeCase.CORR,
          RelTypeCase.COV,
          RelTypeCase.CROSSTAB,
          RelTypeCase.CO_GROUP_MAP,
          RelTypeCase.DEDUPLICATE,
          RelTypeCase.DESCRIBE,
          RelTypeCase.DROP,
          RelTypeCase.DROP_NA,
          RelTypeCase.FILL_NA,
          RelTypeCase.FREQ_ITEMS,
          RelTypeCase.GROUP_MAP,
          RelTypeCase.HTML_STRING,
          RelTypeCase.MAP_PARTITIONS,
          RelTypeCase.NEAREST_BY_JOIN,
          RelTypeCase.PARSE,
          RelTypeCase.REPLACE,
          RelTypeCase.SAMPLE_BY,
          RelTypeCase.SHOW_STRING,
          RelTypeCase.SUMMARY,
          RelTypeCase.TO_SCHEMA,
          RelTypeCase.WITH_COLUMNS,
          RelTypeCase.WITH_COLUMNS_RENAMED,
          RelTypeCase.WITH_WATERMARK);

  private AnalysedAtOnce() {}

  /**
   * The name of such a relation with one of the given expressions in it; empty if there is none.
   */
  static Optional<String> above(MarkedInputs inputs, Message answer) {
    String[] found = new String[1];
    MessageWalk.through(
        answer,
        message -> {
          if (found[0] == null
              && message instanceof Relation relation
              && isAnalysedAtOnce(relation)
              && holdsOne(inputs, relation)) {
            found[0] = name(relation);
          }
        });
    return Optional.ofNullable(found[0]);
  }

  private static boolean isAnalysedAtOnce(Relation relation) {
    RelTypeCase type = relation.getRelTypeCase();
    return ALWAYS.contains(type)
        || (type == RelTypeCase.SAMPLE && relation.getSample().getDeterministicOrder())
        || (type == RelTypeCase.AGGREGATE
            && relation.getAggregate().getGroupType() == Aggregate.GroupType.GROUP_TYPE_PIVOT
            && relation.getAggregate().getPivot().getValuesCount() == 0);
  }

  private static boolean holdsOne(MarkedInputs inputs, Relation relation) {
    AtomicBoolean holds = new AtomicBoolean();
    MessageWalk.through(
        relation,
        message -> {
          if (message instanceof Expression expression && inputs.isGiven(expression)) {
            holds.set(true);
          }
        });
    return holds.get();
  }

  private static String name(Relation relation) {
    FieldDescriptor field =
        Relation.getDescriptor().findFieldByNumber(relation.getRelTypeCase().getNumber());
    return field == null ? relation.getRelTypeCase().name() : field.getName();
  }
}
