package dev.graft.builtin.check;

import static dev.graft.api.node.Nodes.call;

import dev.graft.api.node.ExpressionNode;
import java.util.Map;

/** Rows as text. */
final class Json {
  private Json() {}

  /** A struct as JSON, its nulls included. */
  static ExpressionNode of(ExpressionNode struct) {
    return call("to_json", struct, Map.of("ignoreNullFields", "false"));
  }
}
