package dev.graft.testkit.schema;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Relation;

/**
 * The schemas that a test in memory knows: those that it has been told, and those that can be read
 * off a relation. For one thread.
 */
public final class KnownSchemas {
  private final Map<Relation, DataType.Struct> told = new HashMap<>();

  /** Nothing is told yet. */
  public KnownSchemas() {}

  /** Tells a schema, as DDL. */
  public void add(Relation relation, String columns) {
    add(relation, Schemas.of(columns));
  }

  /** Tells a schema. A relation's plan id does not matter. */
  public void add(Relation relation, DataType.Struct columns) {
    told.put(withoutCommon(relation), columns);
  }

  /**
   * The schema of a relation.
   *
   * @throws IllegalStateException if it is not known; the text says how a test tells it
   */
  public DataType.Struct of(Relation relation) {
    return find(relation)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "A plugin asks for the schema of a relation that this test in memory knows nothing of. Tell it by"
                        + " graft.schema(relation, \"id BIGINT, name STRING\"). The relation is:\n"
                        + relation));
  }

  /**
   * The schema of a relation; empty if it is not known.
   *
   * @throws IllegalArgumentException if the relation holds a schema's text that cannot be read
   */
  public Optional<DataType.Struct> find(Relation relation) {
    for (Optional<Relation> asked = Optional.of(relation);
        asked.isPresent();
        asked = sameColumns(asked.get())) {
      DataType.Struct known = told.get(withoutCommon(asked.get()));
      Optional<DataType.Struct> found = known != null ? Optional.of(known) : readOff(asked.get());
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Relation withoutCommon(Relation relation) {
    return relation.hasCommon() ? relation.toBuilder().clearCommon().build() : relation;
  }

  private static Optional<DataType.Struct> readOff(Relation relation) {
    return switch (relation.getRelTypeCase()) {
      case RANGE -> Optional.of(Schemas.of("id BIGINT NOT NULL"));
      case LOCAL_RELATION ->
          relation.getLocalRelation().hasSchema()
              ? Optional.of(Schemas.of(relation.getLocalRelation().getSchema()))
              : Optional.empty();
      case PROJECT -> ofRows(relation);
      default -> Optional.empty();
    };
  }

  /** What {@code Nodes.rows} makes: structs of the wanted type, spread out by inline. */
  private static Optional<DataType.Struct> ofRows(Relation relation) {
    if (relation.getProject().getExpressionsCount() != 1) {
      return Optional.empty();
    }
    Expression expression = relation.getProject().getExpressions(0);
    for (String name : new String[] {"inline", "array"}) {
      Expression.UnresolvedFunction function = expression.getUnresolvedFunction();
      if (!function.getFunctionName().equals(name) || function.getArgumentsCount() == 0) {
        return Optional.empty();
      }
      expression = function.getArguments(0);
    }
    String type = expression.getCast().getTypeStr();
    return type.startsWith("STRUCT<")
        ? Optional.of(Schemas.type(type).getStruct())
        : Optional.empty();
  }

  /** The input of a relation that has its input's columns. */
  private static Optional<Relation> sameColumns(Relation relation) {
    return switch (relation.getRelTypeCase()) {
      case FILTER -> Optional.of(relation.getFilter().getInput());
      case SORT -> Optional.of(relation.getSort().getInput());
      case LIMIT -> Optional.of(relation.getLimit().getInput());
      case OFFSET -> Optional.of(relation.getOffset().getInput());
      case TAIL -> Optional.of(relation.getTail().getInput());
      case SAMPLE -> Optional.of(relation.getSample().getInput());
      case DEDUPLICATE -> Optional.of(relation.getDeduplicate().getInput());
      case SUBQUERY_ALIAS -> Optional.of(relation.getSubqueryAlias().getInput());
      case REPARTITION -> Optional.of(relation.getRepartition().getInput());
      case HINT -> Optional.of(relation.getHint().getInput());
      default -> Optional.empty();
    };
  }
}
