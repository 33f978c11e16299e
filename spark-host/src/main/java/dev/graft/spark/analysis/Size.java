package dev.graft.spark.analysis;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.spark.sql.catalyst.plans.QueryPlan;
import org.apache.spark.sql.catalyst.trees.TreeNode;

/** Counts the nodes of a plan or an expression; a node that stands in two places counts twice. */
final class Size {
  private Size() {}

  /**
   * The number of nodes.
   *
   * @param limit where counting ends
   * @return at most {@code limit}
   */
  static long of(TreeNode<?> root, long limit) {
    Deque<TreeNode<?>> open = new ArrayDeque<>();
    open.push(root);
    long nodes = 0;
    while (!open.isEmpty() && nodes < limit) {
      TreeNode<?> node = open.pop();
      nodes++;
      Nodes.list(node.children()).forEach(child -> open.push((TreeNode<?>) child));
      if (node instanceof QueryPlan<?> plan) {
        Nodes.list(plan.expressions()).forEach(open::push);
      }
    }
    return nodes;
  }
}
