package dev.graft.builtin.similarity;

import static dev.graft.api.node.Nodes.call;
import static dev.graft.api.node.Nodes.literal;
import static dev.graft.api.node.Nodes.when;

import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Lambdas;
import dev.graft.api.node.Nodes;
import java.util.List;

/**
 * Numbers of times that n-grams occur, as vectors. The n-grams of both texts are sorted together,
 * so that equal ones stand side by side and one pass counts them: the cost grows with n log n,
 * where looking each of them up would take the square of it.
 *
 * @param gram the n-gram that is being counted
 * @param lefts how often it was met in the left text
 * @param rights how often it was met in the right text
 * @param product the scalar product so far
 * @param leftSquare the square of the left vector's length so far
 * @param rightSquare the square of the right vector's length so far
 */
record GramCounts(
    ExpressionNode gram,
    ExpressionNode lefts,
    ExpressionNode rights,
    ExpressionNode product,
    ExpressionNode leftSquare,
    ExpressionNode rightSquare) {
  private static final String GRAM = "gram";
  private static final String IS_LEFT = "is_left";
  private static final ExpressionNode ZERO = literal(0L);

  /** The cosine of the angle between both; each has one n-gram or more, or one of them has none. */
  static ExpressionNode cosine(ExpressionNode left, ExpressionNode right) {
    ExpressionNode both = call("concat", marked(left, true), marked(right, false));
    GramCounts none = new GramCounts(Nodes.nullOf("STRING"), ZERO, ZERO, ZERO, ZERO, ZERO);
    return call(
        "aggregate",
        call("sort_array", both),
        none.struct(),
        Lambdas.of((counts, entry) -> of(counts).with(entry)),
        Lambdas.of(counts -> of(counts).cosine()));
  }

  private static ExpressionNode marked(ExpressionNode grams, boolean isLeft) {
    return Lambdas.transform(grams, gram -> call("named_struct", GRAM, gram, IS_LEFT, isLeft));
  }

  private static GramCounts of(ExpressionNode struct) {
    return new GramCounts(
        struct.getField(GRAM),
        struct.getField("lefts"),
        struct.getField("rights"),
        struct.getField("product"),
        struct.getField("left_square"),
        struct.getField("right_square"));
  }

  private ExpressionNode struct() {
    return call(
        "named_struct",
        List.of(
            literal(GRAM), gram,
            literal("lefts"), lefts,
            literal("rights"), rights,
            literal("product"), product,
            literal("left_square"), leftSquare,
            literal("right_square"), rightSquare));
  }

  private ExpressionNode with(ExpressionNode entry) {
    ExpressionNode next = entry.getField(GRAM);
    GramCounts anew = new GramCounts(next, ZERO, ZERO, product, leftSquare, rightSquare);
    ExpressionNode isLeft = entry.getField(IS_LEFT);
    return when(gram.equalTo(next).and(isLeft), withLeft().struct())
        .when(gram.equalTo(next), withRight().struct())
        .when(isLeft, anew.withLeft().struct())
        .otherwise(anew.withRight().struct());
  }

  /** One more makes the square greater by twice the number and one. */
  private GramCounts withLeft() {
    return new GramCounts(
        gram,
        lefts.plus(1L),
        rights,
        product.plus(rights),
        leftSquare.plus(lefts.times(2L)).plus(1L),
        rightSquare);
  }

  private GramCounts withRight() {
    return new GramCounts(
        gram,
        lefts,
        rights.plus(1L),
        product.plus(lefts),
        leftSquare,
        rightSquare.plus(rights.times(2L)).plus(1L));
  }

  private ExpressionNode cosine() {
    ExpressionNode lengths =
        call("sqrt", leftSquare.cast("DOUBLE").times(rightSquare.cast("DOUBLE")));
    return when(lengths.greaterThan(0.0), call("least", product.dividedBy(lengths), 1.0))
        .otherwise(0.0);
  }
}
