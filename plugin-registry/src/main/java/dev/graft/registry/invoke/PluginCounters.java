package dev.graft.registry.invoke;

import dev.graft.registry.error.GraftException;
import dev.graft.spi.Answer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionPlugin;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What came of the calls of a plugin since it was first loaded, for each of its messages: a plugin
 * that is loaded again from the same place goes on counting. Safe for use by several threads.
 */
public final class PluginCounters {
  /** Stands for a failure of the server, which has no code of Graft's. */
  public static final String OF_SERVER = "SERVER";

  /** The names come from the plugin, not from clients, and are as many as it said. */
  private final Map<String, Tally> messages;

  /** Those of the only message, or of every other. */
  private final Tally usual;

  PluginCounters(Set<String> messageNames) {
    this.messages =
        messageNames.stream()
            .collect(Collectors.toUnmodifiableMap(name -> name, name -> new Tally()));
    this.usual =
        messages.size() == 1
            ? messages.values().iterator().next()
            : messages.getOrDefault(ExtensionPlugin.ANY_MESSAGE, new Tally());
  }

  private Tally of(Extension extension) {
    return messages.size() == 1 ? usual : messages.getOrDefault(extension.messageName(), usual);
  }

  /** One call more that ended well. */
  // An Optional, since that is what the plugin has returned.
  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  void ended(Extension extension, Optional<Answer> answer, long nanos) {
    int bytes = extension.value().remaining();
    if (answer.isPresent()) {
      of(extension).accepted(nanos, bytes, bytes(answer.get()));
    } else {
      of(extension).declined(nanos, bytes);
    }
  }

  private static long bytes(Answer answer) {
    if (answer instanceof Answer.Node node) {
      return node.bytes().length;
    }
    if (answer instanceof Answer.Rows rows) {
      return rows.relation().length;
    }
    if (answer instanceof Answer.Message message) {
      return message.value().length;
    }
    return answer instanceof Answer.Commands commands
        ? commands.commands().stream().mapToLong(command -> command.length).sum()
        : 0;
  }

  /**
   * One call more that failed.
   *
   * @param failure as the client gets it
   */
  void failed(Extension extension, RuntimeException failure, long nanos) {
    String code = failure instanceof GraftException refusal ? refusal.code().name() : OF_SERVER;
    of(extension).failed(code, nanos, extension.value().remaining(), 0);
  }

  /**
   * An answer has been read.
   *
   * @param typeUrl of the extension that it stands for
   * @param nodes how many it holds
   */
  public void made(String typeUrl, int nodes) {
    messages.getOrDefault(Extension.messageName(typeUrl), usual).made(nodes);
  }

  /** What came of the calls for one message; nothing where the plugin is not for it. */
  public CallCounts counts(String messageName) {
    Tally message = messages.get(messageName);
    return message == null ? CallCounts.NONE : message.counts();
  }

  /** How many calls for a message failed, by code, or {@link #OF_SERVER}. */
  public SortedMap<String, Long> failures(String messageName) {
    Tally message = messages.get(messageName);
    return message == null ? new TreeMap<>() : message.failures();
  }

  /** What came of all calls. */
  public CallCounts all() {
    return messages.keySet().stream().map(this::counts).reduce(CallCounts.NONE, CallCounts::plus);
  }
}
