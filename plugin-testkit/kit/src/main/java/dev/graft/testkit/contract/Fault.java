package dev.graft.testkit.contract;

import com.google.protobuf.Message;
import dev.graft.registry.error.ErrorCode;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A rule that a plugin breaks, in words for its author. */
public final class Fault {
  /** Codes of refusals that are not the plugin's fault, or that another rule is about. */
  private static final Set<ErrorCode> OF_OTHERS =
      EnumSet.of(
          ErrorCode.GRAFT_EXTENSION_MALFORMED,
          ErrorCode.GRAFT_EXTENSION_NEWER,
          ErrorCode.GRAFT_SCHEMA_UNAVAILABLE,
          ErrorCode.GRAFT_SCHEMA_TOO_LARGE,
          ErrorCode.GRAFT_ANSWER_UNSUPPORTED);

  private Fault() {}

  /** Whether a refusal with this code says nothing against the plugin by itself. */
  public static boolean isOfOthers(ErrorCode code) {
    return OF_OTHERS.contains(code);
  }

  /**
   * The error for a broken rule.
   *
   * @param what in words that tell the plugin's author what to do
   * @param cause where it showed, if there is more to see
   */
  public static AssertionError with(
      Sample sample, @Nullable String what, @Nullable Throwable cause) {
    return new AssertionError(what + "\nThe extension is a " + sample, cause);
  }

  /**
   * Fails if an answer has fields that Connect does not know. Samples have none, so the plugin has
   * made them.
   */
  static void requireKnownFields(Sample sample, Outcome.Node node) {
    Message answer;
    try {
      answer = AnswerReader.read(node);
    } catch (AssertionError e) {
      throw with(sample, e.getMessage(), e);
    }
    MessageWalk.through(
        answer,
        message -> {
          if (!message.getUnknownFields().asMap().isEmpty()) {
            throw with(
                sample,
                "The answer has fields that no line knows: "
                    + message.getUnknownFields().asMap().keySet()
                    + " in "
                    + message.getDescriptorForType().getFullName(),
                null);
          }
        });
  }
}
