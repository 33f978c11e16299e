package dev.graft.api.node;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A case distinction in the making; the first condition that holds decides. */
public final class CaseWhen {
  private final List<ExpressionNode> branches;

  CaseWhen(List<ExpressionNode> branches) {
    this.branches = List.copyOf(branches);
  }

  /**
   * One more case.
   *
   * @param value an expression, or a value that {@link Nodes#literal} takes
   */
  public CaseWhen when(ExpressionNode condition, @Nullable Object value) {
    return new CaseWhen(with(condition, Nodes.literal(value)));
  }

  /**
   * The expression, with the value for when no condition holds.
   *
   * @param value an expression, or a value that {@link Nodes#literal} takes
   */
  public ExpressionNode otherwise(@Nullable Object value) {
    return Nodes.call("when", with(Nodes.literal(value)));
  }

  /** The expression, which is null when no condition holds. */
  public ExpressionNode otherwiseNull() {
    return Nodes.call("when", branches);
  }

  private List<ExpressionNode> with(ExpressionNode... more) {
    List<ExpressionNode> all = new ArrayList<>(branches);
    all.addAll(List.of(more));
    return all;
  }
}
