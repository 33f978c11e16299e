package dev.graft.builtin.mask;

import static dev.graft.api.node.Nodes.call;

import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Nodes;

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
    if (first == 0 && last == 0) {
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
}
