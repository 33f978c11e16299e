package dev.graft.testkit.contract;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.graft.api.Messages;
import dev.graft.spi.PlanningException;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Relation;

/** Reads what plugins answer as Connect's messages. */
final class AnswerReader {
  private AnswerReader() {}

  /**
   * Reads a node.
   *
   * @throws AssertionError if it is none
   */
  static Message read(Outcome.Node node) {
    Parser<? extends Message> parser =
        switch (node.type()) {
          case RELATION -> Relation.parser();
          case EXPRESSION -> Expression.parser();
          case COMMAND -> Command.parser();
          default -> throw new IllegalArgumentException(node.type().fullName());
        };
    try {
      return Messages.parse(ByteString.copyFrom(node.bytes()), parser, node.type().fullName());
    } catch (PlanningException e) {
      throw new AssertionError("The plugin's answer is no node: " + e.getMessage(), e);
    }
  }
}
