package dev.graft.registry;

import dev.graft.registry.error.ClientText;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.Failures;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.Refusal;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.spi.Answer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.spi.HostContext;
import dev.graft.spi.LoadedExtension;
import dev.graft.spi.StatusTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the plugins of a snapshot, in configured order, until one answers. Safe for use by several
 * threads.
 */
public final class Dispatcher {
  private final PluginIndex index;
  private final List<Refusal> refusals;
  private final List<Refusal> ofSession;
  private final Failures failures;
  private final AnswerCheck answerCheck = new AnswerCheck();

  /**
   * Makes a dispatcher.
   *
   * @param refusals what was not loaded, so that a client who misses it can be told why
   */
  public Dispatcher(PluginIndex index, List<Refusal> refusals) {
    this(index, refusals, List.of(), new Failures());
  }

  /**
   * Makes a dispatcher for a session.
   *
   * @param ofSession what was not loaded of the session's own jars: its owner is told all of it
   * @param failures the last requests that were refused
   */
  Dispatcher(
      PluginIndex index, List<Refusal> refusals, List<Refusal> ofSession, Failures failures) {
    this.index = index;
    this.refusals = List.copyOf(refusals);
    this.ofSession = List.copyOf(ofSession);
    this.failures = failures;
  }

  /**
   * The first answer in configured order.
   *
   * @throws GraftException if nobody answers, or the plugin whose turn it is fails
   */
  public Dispatched dispatch(Extension extension, RequestContext request) {
    List<LoadedPlugin> candidates = index.candidates(extension.kind(), extension.typeUrl());
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
    List<LoadedPlugin> candidates = index.candidates(extension.kind(), extension.typeUrl());
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
    return index.shape(extension);
  }

  /** The refusal of an extension for which there is no plugin to ask. */
  public GraftException unknown(Extension extension) {
    return unanswered(extension, List.of());
  }

  private Optional<Answer> ask(LoadedPlugin plugin, Extension extension, RequestContext request) {
    return plugin.answer(
        extension,
        loader ->
            new PluginContext(
                request, plugin, extension, this, answerCheck, Thread.currentThread(), loader),
        answer -> answerCheck.check(answer, plugin, extension, request));
  }

  /** What a client may know of the server's extensions. */
  List<LoadedExtension> extensions() {
    return index.extensions();
  }

  /** What a client may know of the server's status; see {@link HostContext#status}. */
  StatusTable status(String table, RequestContext request) {
    return switch (table) {
      case StatusTables.PLUGINS -> StatusTables.plugins(index.plugins(), true);
      case StatusTables.REFUSED -> StatusTables.refusedForClient(refusals, ofSession);
      case StatusTables.FAILURES ->
          StatusTables.failures(failures.of(request.userId(), request.sessionId()));
      default -> new StatusTable(table, List.of(), List.of());
    };
  }

  private GraftException unanswered(Extension extension, List<LoadedPlugin> asked) {
    String typeUrl = ClientText.quote(extension.typeUrl());
    String kind = extension.kind().word();
    StringBuilder text = new StringBuilder();
    Set<String> known = index.messageNames(extension.kind());
    boolean isKnown = known.contains(extension.messageName());
    known.remove(ExtensionPlugin.ANY_MESSAGE); // stands for any message; no client can send it
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
        isKnown ? ErrorCode.GRAFT_EXTENSION_DECLINED : codeOfUnknown(), text.toString());
  }

  /** Where a jar of the session is refused, that is most likely why nobody knows the extension. */
  private ErrorCode codeOfUnknown() {
    return ofSession.isEmpty() ? ErrorCode.GRAFT_EXTENSION_UNKNOWN : ofSession.get(0).code();
  }

  private void appendAlternatives(StringBuilder text, Extension extension, Set<String> known) {
    String name = extension.messageName();
    for (ExtensionKind other : ExtensionKind.values()) {
      if (other != extension.kind() && index.messageNames(other).contains(name)) {
        text.append(" It is loaded as ")
            .append(other == ExtensionKind.EXPRESSION ? "an " : "a ")
            .append(other.word());
        text.append(": send it as one.");
      }
    }
    List<String> closest = ClientText.closest(name, known);
    if (!closest.isEmpty()) {
      text.append(" Closest loaded names: ").append(String.join(", ", closest)).append('.');
    } else if (index.plugins().stream().noneMatch(plugin -> plugin.kind() == extension.kind())) {
      text.append(" The server has no ").append(extension.kind().word()).append(" plugin at all.");
    } else if (!known.isEmpty()) {
      text.append(" No loaded name is like it.");
    }
    if (!ofSession.isEmpty()) {
      text.append(" Of this session's jars: ");
      text.append(
          String.join(" ", ofSession.stream().limit(10).map(Refusal::textForClients).toList()));
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
