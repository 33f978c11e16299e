package dev.graft.builtin.mask;

import static dev.graft.api.node.Nodes.call;
import static dev.graft.api.node.Nodes.when;

import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Lambdas;
import dev.graft.builtin.expression.Let;

/**
 * A text of the same length and the same classes of characters. What replaces the code point at
 * place i, from 0, is drawn by a number of 16 bits: the i-th of {@code SHA-256(hash + "0"),
 * SHA-256(hash + "1"), …}, where the hash is the key's of the whole text. So the text's hash is
 * computed once, however long the text is.
 *
 * @param blocks the array of digests, each in hexadecimal digits
 */
record FormatPreserving(ExpressionNode blocks) {
  /** How many numbers a digest holds, of four hexadecimal digits each. */
  private static final int NUMBERS = 16;

  private static final int DIGITS = 4;

  private static final String DECIMAL = "0123456789";
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  /** Letters without case, as those that they stand for: the first ideographs of Unicode. */
  private static final String UNCASED = "一丁丂七丄丅丆万丈三上下丌不与丏丐丑丒专且丕世丗丘丙";

  private static final String LAST_OF_ASCII = "\u007F";

  /** The masked text; null where it is null. */
  static ExpressionNode of(ExpressionNode text, Key key) {
    ExpressionNode masked =
        Let.let(
            key.hash(text),
            hash ->
                Let.let(blocks(text, hash), blocks -> new FormatPreserving(blocks).replaced(text)));
    return when(text.notEqualTo(""), masked).otherwise(text);
  }

  private static ExpressionNode blocks(ExpressionNode text, ExpressionNode hash) {
    ExpressionNode last = div(call("char_length", text).minus(1), NUMBERS);
    return Lambdas.transform(
        call("sequence", 0, last),
        block -> call("sha2", call("concat", hash, block.cast("STRING")), 256));
  }

  private ExpressionNode replaced(ExpressionNode text) {
    ExpressionNode characters =
        call("transform", call("split", text, ""), Lambdas.of(this::replacement));
    return call("array_join", characters, "");
  }

  /** Most characters are told by comparisons, which cost less than a regular expression. */
  private ExpressionNode replacement(ExpressionNode character, ExpressionNode place) {
    return when(character.between("0", "9"), drawn(DECIMAL, place))
        .when(character.between("a", "z"), drawn(LOWER, place))
        .when(character.between("A", "Z"), drawn(UPPER, place))
        .when(character.atMost(LAST_OF_ASCII), character)
        .when(character.rlike("\\p{Nd}"), drawn(DECIMAL, place))
        .when(character.rlike("\\p{Ll}"), drawn(LOWER, place))
        .when(character.rlike("\\p{Lu}"), drawn(UPPER, place))
        .when(character.rlike("\\p{L}"), drawn(UNCASED, place))
        .otherwise(character);
  }

  private ExpressionNode drawn(String alphabet, ExpressionNode place) {
    ExpressionNode digits =
        call(
            "substring",
            blocks.getItem(div(place, NUMBERS)),
            place.remainder(NUMBERS).times(DIGITS).plus(1),
            DIGITS);
    ExpressionNode number = call("conv", digits, 16, 10).cast("INT");
    return call("substring", alphabet, number.remainder(alphabet.length()).plus(1), 1);
  }

  private static ExpressionNode div(ExpressionNode number, int by) {
    return call("div", number, by).cast("INT");
  }
}
