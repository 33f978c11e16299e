package dev.graft.builtin.similarity;

import static dev.graft.api.node.Nodes.call;
import static dev.graft.api.node.Nodes.literal;
import static dev.graft.api.node.Nodes.when;

import dev.graft.api.node.CaseWhen;
import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Lambdas;
import dev.graft.builtin.expression.Let;
import dev.graft.builtin.v1.Similarity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Jaro-Winkler similarity by functions over texts and arrays.
 *
 * <p>The code points of the left text are taken in turn; each looks for the first equal one of the
 * right text that is near enough and not taken yet. What is taken is overwritten in a copy of the
 * right text, so that {@code locate} does the search, which is no lambda. The copy tells in the end
 * which code points of the right text were taken, in their order.
 *
 * @param weight of each code point of the common beginning
 * @param threshold of the Jaro similarity from which on the beginning counts
 */
record JaroWinkler(double weight, double threshold) {
  private static final double WEIGHT = 0.1;
  private static final double THRESHOLD = 0.7;
  private static final int LONGEST_PREFIX = 4;

  /**
   * Overwrites what is taken. Unicode gives it to no character; where a text holds it, it is like
   * nothing.
   */
  private static final String TAKEN = "\uFFFF";

  private static final String LEFT = "left";
  private static final String RIGHT = "right";
  private static final String LEFT_LENGTH = "left_length";
  private static final String RIGHT_LENGTH = "right_length";
  private static final String WINDOW = "window";
  private static final String PLACE = "place";
  private static final String REST = "rest";
  private static final String MATCHED = "matched";

  static JaroWinkler of(Similarity similarity) {
    return new JaroWinkler(
        similarity.hasPrefixWeight() ? similarity.getPrefixWeight() : WEIGHT,
        similarity.hasPrefixThreshold() ? similarity.getPrefixThreshold() : THRESHOLD);
  }

  /** The similarity, null where one is null. */
  ExpressionNode between(ExpressionNode left, ExpressionNode right) {
    ExpressionNode longer = call("greatest", length(left), length(right));
    Map<String, ExpressionNode> texts = new LinkedHashMap<>();
    texts.put(LEFT, left);
    texts.put(RIGHT, right);
    texts.put(LEFT_LENGTH, length(left));
    texts.put(RIGHT_LENGTH, length(right));
    texts.put(WINDOW, call("greatest", half(longer).minus(1), 0));
    ExpressionNode oneIsEmpty = left.equalTo("").or(right.equalTo(""));
    return when(left.equalTo(right), 1.0)
        .when(
            left.notEqualTo(right), when(oneIsEmpty, 0.0).otherwise(Let.let(texts, this::compared)))
        .otherwiseNull();
  }

  private ExpressionNode compared(ExpressionNode texts) {
    return Let.let(
        matches(texts),
        found ->
            when(found.getField(MATCHED).equalTo(""), 0.0)
                .otherwise(Let.let(jaro(texts, found), jaro -> raised(texts, jaro))));
  }

  private static ExpressionNode matches(ExpressionNode texts) {
    ExpressionNode nothing = state(literal(1), texts.getField(RIGHT), literal(""));
    return Lambdas.aggregate(
        characters(texts.getField(LEFT)),
        nothing,
        (state, character) -> {
          ExpressionNode place = state.getField(PLACE);
          ExpressionNode rest = state.getField(REST);
          ExpressionNode matched = state.getField(MATCHED);
          ExpressionNode from = call("greatest", place.minus(texts.getField(WINDOW)), 1);
          ExpressionNode found = call("locate", character, rest, from);
          ExpressionNode next = place.plus(1);
          return when(
                  found
                      .between(1, place.plus(texts.getField(WINDOW)))
                      .and(character.notEqualTo(TAKEN)),
                  state(
                      next,
                      call("overlay", rest, TAKEN, found, 1),
                      call("concat", matched, character)))
              .otherwise(state(next, rest, matched));
        });
  }

  private static ExpressionNode state(
      ExpressionNode place, ExpressionNode rest, ExpressionNode matched) {
    return call(
        "named_struct",
        List.of(literal(PLACE), place, literal(REST), rest, literal(MATCHED), matched));
  }

  /**
   * Lengths are counted again where they are used: Spark 3.4 takes long to analyse deep lambdas.
   */
  private static ExpressionNode jaro(ExpressionNode texts, ExpressionNode found) {
    ExpressionNode matched = found.getField(MATCHED);
    ExpressionNode matches = length(matched);
    ExpressionNode transpositions = half(moved(matched, taken(texts, found)));
    return matches
        .dividedBy(texts.getField(LEFT_LENGTH))
        .plus(matches.dividedBy(texts.getField(RIGHT_LENGTH)))
        .plus(matches.minus(transpositions).dividedBy(matches))
        .dividedBy(3.0);
  }

  /** The code points of the right text that were taken, as an array. */
  private static ExpressionNode taken(ExpressionNode texts, ExpressionNode found) {
    ExpressionNode marked =
        Lambdas.zipWith(
            characters(texts.getField(RIGHT)),
            characters(found.getField(REST)),
            (character, rest) -> when(rest.equalTo(TAKEN), character).otherwiseNull());
    return Lambdas.filter(marked, ExpressionNode::isNotNull);
  }

  private static ExpressionNode moved(ExpressionNode matched, ExpressionNode taken) {
    ExpressionNode differ = Lambdas.zipWith(characters(matched), taken, ExpressionNode::notEqualTo);
    return call("size", Lambdas.filter(differ, differs -> differs));
  }

  /** Both texts differ, so a beginning that is equal is as long as it is asked for. */
  private ExpressionNode raised(ExpressionNode texts, ExpressionNode jaro) {
    CaseWhen prefix = when(equalBeginning(texts, LONGEST_PREFIX), LONGEST_PREFIX);
    for (int length = LONGEST_PREFIX - 1; length > 0; length--) {
      prefix = prefix.when(equalBeginning(texts, length), length);
    }
    ExpressionNode raise = prefix.otherwise(0).times(weight).times(literal(1.0).minus(jaro));
    return when(jaro.greaterThan(threshold), jaro.plus(raise)).otherwise(jaro);
  }

  private static ExpressionNode equalBeginning(ExpressionNode texts, int length) {
    return call("substring", texts.getField(LEFT), 1, length)
        .equalTo(call("substring", texts.getField(RIGHT), 1, length));
  }

  private static ExpressionNode characters(ExpressionNode text) {
    return call("split", text, "");
  }

  private static ExpressionNode length(ExpressionNode text) {
    return call("char_length", text);
  }

  private static ExpressionNode half(ExpressionNode number) {
    return call("div", number, 2).cast("INT");
  }
}
