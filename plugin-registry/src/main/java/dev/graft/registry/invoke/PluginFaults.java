package dev.graft.registry.invoke;

import dev.graft.registry.error.ClientText;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.FailureText;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.HostFailure;
import dev.graft.spi.Answer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.MalformedExtensionException;
import dev.graft.spi.NewerExtensionException;
import dev.graft.spi.PlanningException;
import dev.graft.spi.SchemaUnavailableException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What it means when a plugin throws, or returns what it must not. */
final class PluginFaults {
  private PluginFaults() {}

  /**
   * Checks that a plugin returned empty, or an answer of a form that the extension's kind allows.
   *
   * @throws GraftException GRAFT_PLUGIN_RETURNED_NULL, GRAFT_ANSWER_INVALID
   */
  // Optional<?>, and nullable, because a plugin may break its promise: by null, or by a raw type.
  @SuppressWarnings("NullableOptional")
  static void check(PluginIdentity plugin, Extension extension, @Nullable Optional<?> answer) {
    if (answer == null) {
      throw new GraftException(
          ErrorCode.GRAFT_PLUGIN_RETURNED_NULL,
          plugin.describe()
              + " returned null for "
              + ClientText.quote(extension.typeUrl())
              + ". A plugin that declines returns Optional.empty(). Report this to the plugin's author.");
    }
    if (answer.isPresent() && !fits(extension.kind(), answer.get())) {
      throw new GraftException(
          ErrorCode.GRAFT_ANSWER_INVALID,
          plugin.describe()
              + " answered the "
              + extension.kind().word()
              + " extension "
              + ClientText.quote(extension.typeUrl())
              + " with "
              + answer.get().getClass().getSimpleName()
              + ", which is no answer to that kind. Report this to the plugin's author.");
    }
  }

  private static boolean fits(ExtensionKind kind, Object answer) {
    if (!(answer instanceof Answer)) {
      return false;
    }
    boolean isNode = answer instanceof Answer.Node || answer instanceof Answer.EngineNode;
    return isNode == (kind != ExtensionKind.COMMAND);
  }

  /** The exception by which the client learns of a failure. */
  static RuntimeException of(PluginIdentity plugin, Extension extension, Throwable failure) {
    if (failure instanceof GraftException nested) {
      return nested; // from an extension inside this one, which its own plugin refused
    }
    if (failure instanceof HostFailure fault) {
      return fault; // the host's, not the plugin's
    }
    String about = plugin.describe() + " on " + ClientText.quote(extension.typeUrl());
    if (failure instanceof SchemaUnavailableException unavailable) {
      return new GraftException(
          ErrorCode.GRAFT_SCHEMA_UNAVAILABLE,
          unavailable.text() + " (asked by " + about + ")",
          failure);
    }
    if (failure instanceof PlanningException) {
      return new GraftException(
          ErrorCode.GRAFT_PLUGIN_REFUSED,
          failure.getMessage() + " (said by " + about + ")",
          failure);
    }
    if (failure instanceof MalformedExtensionException) {
      return new GraftException(
          ErrorCode.GRAFT_EXTENSION_MALFORMED,
          failure.getMessage()
              + " Check that client and plugin use the same .proto. (found by "
              + about
              + ")",
          failure);
    }
    if (failure instanceof NewerExtensionException) {
      return new GraftException(
          ErrorCode.GRAFT_EXTENSION_NEWER,
          failure.getMessage() + " (found by " + about + ")",
          failure);
    }
    if (failure instanceof StackOverflowError) {
      return new GraftException(
          ErrorCode.GRAFT_PLUGIN_STACK_OVERFLOW,
          "The stack overflowed in "
              + about
              + ". The plugin recurses without end, or the plan it was given is too deep for it.",
          failure);
    }
    if (failure instanceof LinkageError) {
      return new GraftException(
          ErrorCode.GRAFT_PLUGIN_LINKAGE,
          about
              + " uses what is not there: "
              + FailureText.of(failure)
              + ". Rebuild the plugin against this server's version, or put what is missing into its jar.",
          failure);
    }
    FailureText.passOnIfOfTheJvm(failure);
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return new GraftException(
        ErrorCode.GRAFT_PLUGIN_FAILED,
        about
            + " failed: "
            + FailureText.of(failure)
            + ". The server's log has the stack trace; report it to the plugin's author.",
        failure);
  }
}
