package dev.graft.registry;

import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.error.ClientText;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.registry.line.ConnectFields;
import dev.graft.registry.line.UnknownField;
import dev.graft.spi.Answer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import org.jspecify.annotations.Nullable;

/**
 * Refuses Connect nodes of a plugin that the server would run without some part of them, because
 * its line does not know a field. Safe for use by several threads.
 */
final class AnswerCheck {
  /**
   * The fields of the version that was asked about last: nearly all requests are for one server.
   */
  private record Known(String version, ConnectFields fields) {}

  private volatile @Nullable Known last;

  /**
   * Checks the standard nodes in an answer.
   *
   * @throws GraftException GRAFT_ANSWER_UNSUPPORTED
   */
  void check(Answer answer, LoadedPlugin plugin, Extension extension, RequestContext request) {
    if (answer instanceof Answer.Node node) {
      ConnectType type =
          extension.kind() == ExtensionKind.RELATION
              ? ConnectType.RELATION
              : ConnectType.EXPRESSION;
      check(type, node.bytes(), plugin, extension, request);
    } else if (answer instanceof Answer.Rows rows) {
      check(ConnectType.RELATION, rows.relation(), plugin, extension, request);
    } else if (answer instanceof Answer.Commands commands) {
      for (byte[] command : commands.commands()) {
        check(ConnectType.COMMAND, command, plugin, extension, request);
      }
    }
  }

  /**
   * Checks one node.
   *
   * @throws GraftException GRAFT_ANSWER_UNSUPPORTED
   */
  void check(
      ConnectType type,
      byte[] node,
      LoadedPlugin plugin,
      Extension extension,
      RequestContext request) {
    String version = request.connectVersion();
    ConnectFields fields = fields(version);
    fields
        .firstUnknown(type, node, extension.value())
        .ifPresent(
            unknown -> {
              throw refusal(unknown, plugin, extension, version, fields);
            });
  }

  private ConnectFields fields(String version) {
    Known known = last;
    if (known == null || !known.version().equals(version)) {
      known = new Known(version, ConnectFields.of(version));
      last = known;
    }
    return known.fields();
  }

  private static GraftException refusal(
      UnknownField unknown,
      LoadedPlugin plugin,
      Extension extension,
      String version,
      ConnectFields fields) {
    String shown = ClientText.quote(version);
    String server =
        fields.isGuess()
            ? "the server's version '%s' does not tell which fields it has, so it is taken for %s, which would run the plan without it"
                .formatted(shown, fields.line())
            : "the server is %s and would run the plan without it".formatted(shown);
    return new GraftException(
        ErrorCode.GRAFT_ANSWER_UNSUPPORTED,
        "%s answered %s with %s (at %s). Spark Connect has that since %s; %s. Use a server of %s or later, or have the plugin's author do without it where the context's connectVersion is earlier."
            .formatted(
                plugin.describe(),
                ClientText.quote(extension.typeUrl()),
                unknown.describe(),
                unknown.path(),
                unknown.since(),
                server,
                unknown.since()));
  }
}
