package dev.graft.registry;

import dev.graft.registry.error.ClientText;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.FailureText;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.HostFailure;
import dev.graft.registry.error.Refusal;
import dev.graft.registry.invoke.ContextLoader;
import dev.graft.registry.plugin.LoadedPlugin;
import dev.graft.spi.Answer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.spi.MalformedExtensionException;
import dev.graft.spi.PlanningException;
import dev.graft.spi.SchemaUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks the plugins of a snapshot, in configured order, until one answers. Safe for use by several
 * threads.
 *
 * <p>Whatever a plugin throws, its own request fails, with a {@link GraftException} that names the
 * plugin and its jar. The exceptions are {@link OutOfMemoryError} and the JVM's own internal
 * errors, which are passed on as they are: they say nothing about the plugin.
 */
public final class Dispatcher {
  private final PluginSnapshot snapshot;
  private final List<Refusal> refusals;
  private final AnswerCheck answerCheck = new AnswerCheck();

  /**
   * Makes a dispatcher.
   *
   * @param refusals what was not loaded, so that a client who misses it can be told why
   */
  public Dispatcher(PluginSnapshot snapshot, List<Refusal> refusals) {
    this.snapshot = snapshot;
    this.refusals = List.copyOf(refusals);
  }

  /**
   * The first answer in configured order.
   *
   * @throws GraftException if nobody answers, or the plugin whose turn it is fails
   */
  public Dispatched dispatch(Extension extension, RequestContext request) {
    List<LoadedPlugin> candidates = snapshot.candidates(extension.kind(), extension.typeUrl());
    for (LoadedPlugin plugin : candidates) {
      Optional<Answer> answer = ask(plugin, extension, request);
      if (answer.isPresent()) {
        return new Dispatched(answer.get(), plugin);
      }
    }
    throw unanswered(extension, candidates);
  }

  /**
   * The first answer in configured order, if it can be had without the engine.
   *
   * @return empty where the next plugin to ask is a native one
   * @throws GraftException if nobody answers, or the plugin whose turn it is fails
   */
  public Optional<Dispatched> dispatchPortable(Extension extension, RequestContext request) {
    List<LoadedPlugin> candidates = snapshot.candidates(extension.kind(), extension.typeUrl());
    for (LoadedPlugin plugin : candidates) {
      if (!plugin.portable()) {
        return Optional.empty();
      }
      Optional<Answer> answer = ask(plugin, extension, request);
      if (answer.isPresent()) {
        return Optional.of(new Dispatched(answer.get(), plugin));
      }
    }
    throw unanswered(extension, candidates);
  }

  /** What is known of an extension before it is answered; empty where there is no plugin to ask. */
  public Optional<ExtensionShape> shape(Extension extension) {
    return snapshot.shape(extension);
  }

  /** The refusal of an extension for which there is no plugin to ask. */
  public GraftException unknown(Extension extension) {
    return unanswered(extension, List.of());
  }

  private Optional<Answer> ask(LoadedPlugin plugin, Extension extension, RequestContext request) {
    Optional<Answer> answer;
    try (ContextLoader loader = plugin.enter()) {
      answer =
          plugin
              .plugin()
              .answer(
                  extension,
                  new PluginContext(
                      request,
                      plugin,
                      extension,
                      snapshot,
                      answerCheck,
                      Thread.currentThread(),
                      loader));
    } catch (Throwable failure) {
      plugin.counters().countFailed();
      throw refusal(plugin, extension, failure);
    }
    check(plugin, extension, answer);
    if (answer.isPresent()) {
      checkFields(answer.get(), plugin, extension, request);
      plugin.counters().countAnswered();
    } else {
      plugin.counters().countDeclined();
    }
    return answer;
  }

  private void checkFields(
      Answer answer, LoadedPlugin plugin, Extension extension, RequestContext request) {
    try {
      answerCheck.check(answer, plugin, extension, request);
    } catch (GraftException refusal) {
      plugin.counters().countFailed();
      throw refusal;
    }
  }

  // Read as Optional<?>: a plugin may break its promise, with null or by a raw type, which is what
  // is looked for here.
  @SuppressWarnings("NullableOptional")
  private static void check(
      LoadedPlugin plugin, Extension extension, @Nullable Optional<?> answer) {
    if (answer == null) {
      plugin.counters().countFailed();
      throw new GraftException(
          ErrorCode.GRAFT_PLUGIN_RETURNED_NULL,
          plugin.describe()
              + " returned null for "
              + ClientText.quote(extension.typeUrl())
              + ". A plugin that declines returns Optional.empty(). Report this to the plugin's author.");
    }
    if (answer.isPresent() && !fits(extension.kind(), answer.get())) {
      plugin.counters().countFailed();
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

  private static RuntimeException refusal(
      LoadedPlugin plugin, Extension extension, Throwable failure) {
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

  private GraftException unanswered(Extension extension, List<LoadedPlugin> asked) {
    String typeUrl = ClientText.quote(extension.typeUrl());
    String kind = extension.kind().word();
    StringBuilder text = new StringBuilder();
    Set<String> known = snapshot.messageNames(extension.kind());
    boolean isKnown = known.contains(extension.messageName());
    known.remove(
        ExtensionPlugin.ANY_MESSAGE); // asks for what comes by; no name for a client to send
    if (isKnown) {
      text.append("Every plugin for the ")
          .append(kind)
          .append(" extension ")
          .append(typeUrl)
          .append(" declined it: ");
    } else {
      text.append("No plugin is loaded for the ")
          .append(kind)
          .append(" extension ")
          .append(typeUrl)
          .append('.');
    }
    if (!isKnown && !asked.isEmpty()) {
      text.append(" Asked, since they take every message, and declined: ");
    }
    text.append(String.join(", ", asked.stream().map(LoadedPlugin::describe).toList()));
    if (!asked.isEmpty()) {
      text.append('.');
    }
    if (!isKnown) {
      appendAlternatives(text, extension, known);
    }
    return new GraftException(
        isKnown ? ErrorCode.GRAFT_EXTENSION_DECLINED : ErrorCode.GRAFT_EXTENSION_UNKNOWN,
        text.toString());
  }

  private void appendAlternatives(StringBuilder text, Extension extension, Set<String> known) {
    String name = extension.messageName();
    for (ExtensionKind other : ExtensionKind.values()) {
      if (other != extension.kind() && snapshot.messageNames(other).contains(name)) {
        text.append(" It is loaded as ")
            .append(other == ExtensionKind.EXPRESSION ? "an " : "a ")
            .append(other.word());
        text.append(": send it as one.");
      }
    }
    List<String> closest = ClientText.closest(name, known);
    if (!closest.isEmpty()) {
      text.append(" Closest loaded names: ").append(String.join(", ", closest)).append('.');
    } else if (snapshot.plugins().stream().noneMatch(plugin -> plugin.kind() == extension.kind())) {
      text.append(" The server has no ").append(extension.kind().word()).append(" plugin at all.");
    } else if (!known.isEmpty()) {
      text.append(" No loaded name is like it.");
    }
    if (!refusals.isEmpty()) {
      text.append(" Refused at start-up: ");
      text.append(
          String.join(
              ", ",
              refusals.stream()
                  .limit(10)
                  .map(refusal -> refusal.subjectForClients() + " (" + refusal.code() + ")")
                  .toList()));
      text.append("; see the load report in the server's log.");
    }
  }
}
