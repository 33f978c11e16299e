package dev.graft.builtin.mask;

import dev.graft.api.ExpressionPlugin;
import dev.graft.api.PlanningContext;
import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Nodes;
import dev.graft.builtin.expression.Let;
import dev.graft.builtin.expression.Subqueries;
import dev.graft.builtin.expression.Titles;
import dev.graft.builtin.option.OptionCheck;
import dev.graft.builtin.v1.Mask;
import dev.graft.builtin.v1.Mask.Method;
import java.util.Optional;
import org.apache.spark.connect.proto.Expression;

/** A text that cannot be read any more, by one of several methods. */
public final class MaskPlugin implements ExpressionPlugin<Mask> {
  private static final int MOST_KEPT = 1_000;
  private static final int LONGEST_REPLACEMENT = 16;

  @Override
  public Class<Mask> messageType() {
    return Mask.class;
  }

  @Override
  public Optional<Expression> transform(Mask mask, PlanningContext context) {
    OptionCheck check = OptionCheck.of(mask);
    check.known(mask.getMethod(), mask.getMethodValue(), "method");
    check.given(mask.hasInput(), "input", "Give the text to mask");
    ExpressionNode input = Nodes.expression(mask.getInput());
    ExpressionNode answer =
        switch (mask.getMethod()) {
          case FORMAT_PRESERVING -> formatPreserving(mask, check, context, input);
          case HASH -> hash(mask, check, context, input);
          default -> keptEnds(mask, check, input);
        };
    return Optional.of(Titles.titled("mask", mask.getInput(), answer));
  }

  private static ExpressionNode keptEnds(Mask mask, OptionCheck check, ExpressionNode input) {
    check.between(mask.getKeepFirst(), 0, MOST_KEPT, "keep_first");
    check.between(mask.getKeepLast(), 0, MOST_KEPT, "keep_last");
    int length = mask.getWith().codePointCount(0, mask.getWith().length());
    if (length > LONGEST_REPLACEMENT) {
      throw check.refusal(
          "with", mask.getWith(), "Give at most " + LONGEST_REPLACEMENT + " code points");
    }
    if (!mask.getSalt().isEmpty() || !mask.getSaltName().isEmpty()) {
      throw check.refusal("method", mask.getMethod(), "A salt is for FORMAT_PRESERVING and HASH");
    }
    KeptEnds ends =
        new KeptEnds(
            mask.getKeepFirst(),
            mask.getKeepLast(),
            mask.getWith().isEmpty() ? "*" : mask.getWith());
    ExpressionNode text = input.cast("STRING");
    return Let.isPlain(input) ? ends.of(text) : ends.once(text);
  }

  private static ExpressionNode formatPreserving(
      Mask mask, OptionCheck check, PlanningContext context, ExpressionNode input) {
    Key key = salted(mask, check, context);
    if (Subqueries.in(mask.getInput())) {
      throw check.refusal(
          "input",
          "a scalar subquery, or holds one",
          "FORMAT_PRESERVING needs a function with a lambda, in which Spark takes none: select"
              + " the value as a column first, and mask that");
    }
    return Let.let(input.cast("STRING"), text -> FormatPreserving.of(text, key));
  }

  private static ExpressionNode hash(
      Mask mask, OptionCheck check, PlanningContext context, ExpressionNode input) {
    return salted(mask, check, context).hash(input.cast("STRING"));
  }

  private static Key salted(Mask mask, OptionCheck check, PlanningContext context) {
    Method method = mask.getMethod();
    if (mask.getKeepFirst() != 0 || mask.getKeepLast() != 0 || !mask.getWith().isEmpty()) {
      throw check.refusal("method", method, "Ends are kept, and replaced with, by KEEP_ENDS");
    }
    return Key.derived(new Salts(check, context.settings()).of(mask), method);
  }
}
