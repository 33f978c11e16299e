package dev.graft.builtin.similarity;

import static dev.graft.api.node.Nodes.call;

import dev.graft.api.ExpressionPlugin;
import dev.graft.api.PlanningContext;
import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Nodes;
import dev.graft.builtin.expression.Binding;
import dev.graft.builtin.expression.Let;
import dev.graft.builtin.expression.Subqueries;
import dev.graft.builtin.expression.Titles;
import dev.graft.builtin.option.OptionCheck;
import dev.graft.builtin.v1.Similarity;
import dev.graft.builtin.v1.Similarity.Measure;
import java.util.Optional;
import org.apache.spark.connect.proto.Expression;

/** How alike two texts are, by one of several measures. */
public final class SimilarityPlugin implements ExpressionPlugin<Similarity> {
  private static final int GRAM_LENGTH = 2;
  private static final int LONGEST_GRAM = 16;

  @Override
  public Class<Similarity> messageType() {
    return Similarity.class;
  }

  @Override
  public Optional<Expression> transform(Similarity similarity, PlanningContext context) {
    check(similarity);
    Binding binding = binding(similarity);
    ExpressionNode answer =
        Let.operands(
            Nodes.expression(similarity.getLeft()),
            Nodes.expression(similarity.getRight()),
            "STRING",
            binding,
            (left, right) -> measured(similarity, binding, left, right));
    return Optional.of(Titles.titled("similarity", similarity.getLeft(), answer));
  }

  private static Binding binding(Similarity similarity) {
    if (!Subqueries.in(similarity.getLeft()) && !Subqueries.in(similarity.getRight())) {
      return Binding.ONCE;
    }
    Measure measure = similarity.getMeasure();
    if (measure == Measure.COSINE || measure == Measure.JARO_WINKLER) {
      throw OptionCheck.of(similarity)
          .refusal(
              "measure",
              measure + " of a scalar subquery",
              "It needs functions with lambdas, in which Spark takes none: select the value as a"
                  + " column first, or measure LEVENSHTEIN or JACCARD");
    }
    return Binding.REPEATED;
  }

  private static ExpressionNode measured(
      Similarity similarity, Binding binding, ExpressionNode left, ExpressionNode right) {
    int length = similarity.hasGramLength() ? similarity.getGramLength() : GRAM_LENGTH;
    return switch (similarity.getMeasure()) {
      case JARO_WINKLER -> JaroWinkler.of(similarity).between(left, right);
      case JACCARD -> new Grams(length, binding).jaccard(left, right);
      case COSINE -> new Grams(length, binding).cosine(left, right);
      default -> levenshtein(left, right);
    };
  }

  /** Two empty texts are equal, and have no length to divide by. */
  private static ExpressionNode levenshtein(ExpressionNode left, ExpressionNode right) {
    ExpressionNode longest =
        call("greatest", call("char_length", left), call("char_length", right), 1);
    return Nodes.literal(1.0).minus(call("levenshtein", left, right).dividedBy(longest));
  }

  private static void check(Similarity similarity) {
    OptionCheck check = OptionCheck.of(similarity);
    check.known(similarity.getMeasure(), similarity.getMeasureValue(), "measure");
    check.given(similarity.hasLeft(), "left", "Give the text to compare");
    check.given(similarity.hasRight(), "right", "Give the text to compare with");
    Measure measure = similarity.getMeasure();
    if (similarity.hasGramLength()) {
      check.between(similarity.getGramLength(), 1, LONGEST_GRAM, "gram_length");
      if (measure != Measure.JACCARD && measure != Measure.COSINE) {
        throw check.refusal(
            "gram_length",
            similarity.getGramLength(),
            "Leave it out, or measure JACCARD or COSINE");
      }
    }
    share(
        check,
        similarity.hasPrefixWeight(),
        similarity.getPrefixWeight(),
        0.25,
        "prefix_weight",
        measure);
    share(
        check,
        similarity.hasPrefixThreshold(),
        similarity.getPrefixThreshold(),
        1,
        "prefix_threshold",
        measure);
  }

  private static void share(
      OptionCheck check, boolean given, double value, double most, String option, Measure measure) {
    if (!given) {
      return;
    }
    if (!(value >= 0 && value <= most)) { // nor may it be NaN
      throw check.refusal(option, value, "Give 0 to " + most);
    }
    if (measure != Measure.JARO_WINKLER) {
      throw check.refusal(option, value, "Leave it out, or measure JARO_WINKLER");
    }
  }
}
