package dev.graft.builtin.topk;

import static dev.graft.api.node.Nodes.column;
import static dev.graft.api.node.Nodes.star;
import static dev.graft.api.node.Nodes.starWithout;

import dev.graft.api.PlanningContext;
import dev.graft.api.RelationPlugin;
import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Nodes;
import dev.graft.api.node.OrderNode;
import dev.graft.api.node.RelationNode;
import dev.graft.api.node.Windows;
import dev.graft.builtin.option.OptionCheck;
import dev.graft.builtin.option.Orders;
import dev.graft.builtin.v1.TopK;
import java.util.List;
import java.util.Optional;
import org.apache.spark.connect.proto.Relation;

/**
 * The first rows of each group: numbered in a window and filtered by their number, which Spark 3.5
 * and later turn into a limit of each group before the rows are brought together.
 */
public final class TopKPlugin implements RelationPlugin<TopK> {
  /** Not a name that an input would have: with two such columns the filter would be ambiguous. */
  private static final String PLACE = "__graft_top_k_place";

  @Override
  public Class<TopK> messageType() {
    return TopK.class;
  }

  @Override
  public Optional<Relation> transform(TopK topK, PlanningContext context) {
    check(topK);
    RelationNode input = Nodes.relation(topK.getInput());
    List<OrderNode> order = Orders.of(topK.getOrderByList());
    if (isLimit(topK)) {
      return Optional.of(input.sort(order).limit(topK.getK()).build());
    }
    ExpressionNode place =
        place(topK.getTies())
            .over(Windows.partitionBy(Nodes.expressions(topK.getByList())).orderBy(order));
    RelationNode first =
        input.select(star(), place.as(PLACE)).filter(column(PLACE).atMost(topK.getK()));
    return Optional.of(
        (topK.getPlaceColumn().isEmpty()
                ? withoutPlace(first, context)
                : first.select(starWithout(PLACE), column(PLACE).as(topK.getPlaceColumn())))
            .build());
  }

  /**
   * Spark analyses a drop at once, when it does not know subqueries yet, which 4.0 brought. Before,
   * that spares its analyser rounds, of which it makes a hundred.
   */
  private static RelationNode withoutPlace(RelationNode first, PlanningContext context) {
    return context.connectIsAtLeast(4, 0) ? first.select(starWithout(PLACE)) : first.drop(PLACE);
  }

  /** A sort and a limit keep k rows of each task, where a window would sort all in one. */
  private static boolean isLimit(TopK topK) {
    return topK.getByCount() == 0
        && topK.getTies() == TopK.Ties.BROKEN
        && topK.getPlaceColumn().isEmpty();
  }

  private static ExpressionNode place(TopK.Ties ties) {
    return switch (ties) {
      case KEPT -> Windows.rank();
      case DENSE -> Windows.denseRank();
      default -> Windows.rowNumber();
    };
  }

  private static void check(TopK topK) {
    OptionCheck check = OptionCheck.of(topK);
    check.given(topK.hasInput(), "input", "Give the DataFrame to take rows from");
    check.between(topK.getK(), 1, Integer.MAX_VALUE, "k");
    check.notEmpty(topK.getOrderByList(), "order_by", "Give the columns that rank the rows");
    check.known(topK.getTies(), topK.getTiesValue(), "ties");
  }
}
