package dev.graft.builtin.schema;

import dev.graft.api.PlanningContext;
import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Nodes;
import dev.graft.api.node.RelationNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.Relation;

/**
 * The columns of an input, in order.
 *
 * @param relation the input
 * @param all its columns
 */
public record InputColumns(Relation relation, List<InputColumn> all) {
  /** How many names {@link #names} shows before it says how many more there are. */
  private static final int SHOWN = 30;

  public InputColumns {
    Objects.requireNonNull(relation, "relation");
    all = List.copyOf(all);
  }

  /** Asks the server for the columns of a relation, which costs an analysis. */
  public static InputColumns of(Relation relation, PlanningContext context) {
    List<InputColumn> columns = new ArrayList<>();
    for (DataType.StructField field : context.schema(relation).getFieldsList()) {
      columns.add(
          new InputColumn(
              columns.size(), field.getName(), field.getDataType(), field.getNullable()));
    }
    return new InputColumns(relation, columns);
  }

  /** The input with its columns named by their places: the prefix and a number. */
  public RelationNode placed(String prefix) {
    return Nodes.relation(relation).toDF(names(prefix).toArray(String[]::new));
  }

  /**
   * The same with one more column in the last place.
   *
   * @param value of the column, over the input as it is
   * @param name of the column; not one that begins with the prefix
   */
  public RelationNode placed(String prefix, ExpressionNode value, String name) {
    return Nodes.relation(relation)
        .select(Nodes.star(), value.as(name))
        .toDF(Stream.concat(names(prefix), Stream.of(name)).toArray(String[]::new));
  }

  private Stream<String> names(String prefix) {
    return all.stream().map(column -> prefix + column.place());
  }

  /**
   * The columns of a name: those that are spelled so, or else, as Spark does by default, those that
   * are but for upper and lower case.
   */
  public List<InputColumn> named(String name) {
    List<InputColumn> same = all.stream().filter(each -> each.name().equals(name)).toList();
    return same.isEmpty()
        ? all.stream().filter(each -> each.name().equalsIgnoreCase(name)).toList()
        : same;
  }

  /** A name that two columns share. */
  public Optional<String> sharedName() {
    Set<String> seen = new HashSet<>();
    return all.stream().map(InputColumn::name).filter(name -> !seen.add(name)).findFirst();
  }

  /** Whether two names are told apart by upper and lower case alone. */
  public boolean dependsOnCase() {
    Set<String> exact = new LinkedHashSet<>();
    Set<String> folded = new HashSet<>();
    all.forEach(
        column -> {
          exact.add(column.name());
          folded.add(folded(column.name()));
        });
    return folded.size() < exact.size();
  }

  /** Names for a refusal, such as {@code 'id', 'name'}. */
  public static String names(List<InputColumn> columns) {
    UnaryOperator<String> quoted = name -> "'" + name + "'";
    List<String> shown = columns.stream().limit(SHOWN).map(InputColumn::name).map(quoted).toList();
    int more = columns.size() - shown.size();
    return shown.isEmpty()
        ? "none"
        : String.join(", ", shown) + (more > 0 ? " and " + more + " more" : "");
  }

  static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
