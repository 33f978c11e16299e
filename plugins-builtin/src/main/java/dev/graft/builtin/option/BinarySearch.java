package dev.graft.builtin.option;

import static dev.graft.api.node.Nodes.call;
import static dev.graft.api.node.Nodes.column;
import static dev.graft.api.node.Nodes.literal;
import static dev.graft.api.node.Nodes.star;
import static dev.graft.api.node.Nodes.when;

import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.RelationNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Which of some ranges a value lies in, by comparisons that halve them: 6 for 64 ranges. Each is a
 * projection of its own, so that what Spark compiles grows with the comparisons of a row; one
 * expression with all bounds in it is soon too large a method for the JVM to compile.
 *
 * @param value the value
 * @param bounds an array of bounds in ascending order, none of them null
 * @param count how many bounds there are, or more
 */
public record BinarySearch(ExpressionNode value, ExpressionNode bounds, int count) {
  /**
   * The relation with a column for the number of the range: how many of the bounds the value of the
   * row is not below. Where the value is null, 0. Before it stand the columns that {@link #steps}
   * names; servers compute no more of them than is used, but who takes all columns has to drop
   * them.
   *
   * @param name of the new column; names that start with it should not be there yet
   */
  public RelationNode in(RelationNode relation, String name) {
    RelationNode searched = relation;
    ExpressionNode found = literal(0);
    for (int step = Integer.highestOneBit(count); step > 0; step /= 2) {
      // A bound behind the last one is null, which no value is above.
      ExpressionNode next = call("get", bounds, found.plus(step - 1));
      ExpressionNode nearer = found.plus(when(value.atLeast(next), step).otherwise(0));
      searched = searched.select(star(), nearer.as(name + "_" + step));
      found = column(name + "_" + step);
    }
    return searched.select(star(), found.as(name));
  }

  /** The names of the columns of what was found on the way. */
  public List<String> steps(String name) {
    List<String> steps = new ArrayList<>();
    for (int step = Integer.highestOneBit(count); step > 0; step /= 2) {
      steps.add(name + "_" + step);
    }
    return steps;
  }
}
