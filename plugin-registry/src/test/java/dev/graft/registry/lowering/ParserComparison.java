package dev.graft.registry.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Set;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Relation;
import org.jspecify.annotations.Nullable;

/**
 * Lowers bytes, and compares the result with what the full parser makes of them.
 *
 * @param ending how it ended, for statistics
 * @param found how many extensions both have found; 0 where nothing was compared
 * @param refusal the text of the refusal, if it ended so
 */
record ParserComparison(String ending, int found, @Nullable String refusal) {
  private static final ExpansionLimits WIDE = new ExpansionLimits(10_000, 10_000_000);

  /** What an encoder's bytes can be refused for: an answer, or an {@code Any} without a name. */
  private static final Set<ErrorCode> ABOUT_CONTENT =
      EnumSet.of(ErrorCode.GRAFT_ANSWER_INVALID, ErrorCode.GRAFT_TYPE_URL_MISSING);

  /** What any bytes can be refused for. */
  private static final Set<ErrorCode> ABOUT_BYTES =
      EnumSet.of(
          ErrorCode.GRAFT_ANSWER_INVALID,
          ErrorCode.GRAFT_TYPE_URL_MISSING,
          ErrorCode.GRAFT_PLAN_MALFORMED,
          ErrorCode.GRAFT_PLAN_TOO_DEEP);

  /** Of any bytes: the same as by the parser, or a refusal. */
  static ParserComparison ofAnyBytes(Lowering lowering, ConnectType root, byte[] bytes) {
    return compare(lowering, root, bytes, ABOUT_BYTES);
  }

  /**
   * Of bytes as a protobuf library writes them, which are never refused for how they are written.
   */
  static ParserComparison ofEncoded(Lowering lowering, ConnectType root, Message message) {
    return compare(lowering, root, message.toByteArray(), ABOUT_CONTENT);
  }

  private static ParserComparison compare(
      Lowering lowering, ConnectType root, byte[] bytes, Set<ErrorCode> acceptable) {
    Echo echo = new Echo();
    byte[] lowered;
    try {
      lowered = lowering.lower(root, bytes, echo, new ExpansionBudget(WIDE));
    } catch (GraftException refused) {
      assertThat(refused.code()).as(refused.getMessage()).isIn(acceptable);
      return new ParserComparison("refused with " + refused.code(), 0, refused.getMessage());
    }
    ParseAndRebuild oracle = new ParseAndRebuild();
    Message expected;
    try {
      expected = oracle.lower(ParseAndRebuild.parse(prototype(root), bytes));
    } catch (InvalidProtocolBufferException | UncheckedIOException notReadable) {
      // The server's parser will say so.
      return new ParserComparison("broken where the walk does not look", 0, null);
    }
    assertThat(echo.met).containsExactlyInAnyOrderElementsOf(oracle.met);
    if (echo.answered == 0 && oracle.met.isEmpty()) {
      assertThat(lowered).isSameAs(bytes);
    }
    assertThat(parsed(root, lowered)).isEqualTo(expected);
    return new ParserComparison("lowered as by parse and rebuild", echo.met.size(), null);
  }

  private static Message parsed(ConnectType root, byte[] lowered) {
    try {
      return ParseAndRebuild.parse(prototype(root), lowered);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("What was lowered cannot be read", e);
    }
  }

  /** An empty message of the type that lowering starts from. */
  static Message prototype(ConnectType root) {
    return switch (root) {
      case RELATION -> Relation.getDefaultInstance();
      case EXPRESSION -> Expression.getDefaultInstance();
      case COMMAND -> Command.getDefaultInstance();
      case PLAN -> Plan.getDefaultInstance();
      case EXECUTE_PLAN_REQUEST -> ExecutePlanRequest.getDefaultInstance();
      case ANALYZE_PLAN_REQUEST -> AnalyzePlanRequest.getDefaultInstance();
    };
  }
}
