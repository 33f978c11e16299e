package dev.graft.builtin.mask;

import static dev.graft.api.node.Nodes.call;

import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Nodes;
import java.util.regex.Matcher;

/**
 * A text of which only the ends can be read, and of one that is not longer than they are, nothing.
 *
 * @param first how many code points stay at the beginning
 * @param last how many code points stay at the end
 * @param with what stands for each of the others
 */
record KeptEnds(int first, int last, String with) {
  ExpressionNode of(ExpressionNode text) {
    ExpressionNode length = call("char_length", text);
    ExpressionNode all = call("repeat", with, length);
    if (nothingIsKept()) {
      return all;
    }
    ExpressionNode ends =
        call(
            "concat",
            call("substring", text, 1, first),
            call("repeat", with, length.minus(first + last)),
            call("substring", text, length.minus(last - 1), last));
    return Nodes.when(length.atMost(first + last), all).otherwise(ends);
  }

  /**
   * The same of a text that is written once, since it may be random, expensive or a subquery: each
   * code point is replaced by a regular expression, whose groups bring back the ends.
   */
  ExpressionNode once(ExpressionNode text) {
    return nothingIsKept()
        ? of(text)
        : call("regexp_replace", text, pattern(), "$1" + Matcher.quoteReplacement(with) + "$2");
  }

  private boolean nothingIsKept() {
    return first == 0 && last == 0;
  }

  /**
   * One code point. At the beginning of a text that is longer than its ends, the first of them come
   * before it; where just the last ones are left behind it, they follow. That it is not among the
   * first ones, so that the text is longer than its ends, is seen by looking back; what never
   * matches there makes Java look back as far as pairs of surrogates may reach.
   */
  private String pattern() {
    String before = "(?:^(?=.{" + (first + last + 1) + "})(.{" + first + "}))?";
    String isBehindFirst = "(?<!^.{0," + first + "}(?:(?!).{" + (first + 1) + "})?)";
    return "(?s)" + before + "." + "(?:" + isBehindFirst + "(.{" + last + "})\\z)?";
  }
}
