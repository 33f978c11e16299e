package dev.graft.gateway.connect;

import dev.graft.registry.error.GraftException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command that the backend runs in the place of one that the gateway answers. Every line
 * answers it with a {@code SqlCommandResult} that repeats its text, and none runs a job for it.
 *
 * <p>The text holds a mark that no client can guess. So a response says by itself of which command
 * it is, whatever ids a client claims, and that it is not the result that its client waits for.
 *
 * @param mark nobody else has it
 */
record Placeholder(String mark) {
  private static final Pattern TEXT = Pattern.compile("SELECT 1 /\\* graft ([0-9a-f-]{36}) \\*/");

  /** Another one than all before. */
  static Placeholder next() {
    return new Placeholder(UUID.randomUUID().toString());
  }

  /** A serialised {@code spark.connect.Command}. */
  byte[] command() {
    return WireMessage.EMPTY
        .with(
            Fields.COMMAND_SQL,
            WireMessage.EMPTY.with(Fields.SQL_TEXT, "SELECT 1 /* graft " + mark + " */").bytes())
        .bytes();
  }

  /** The one that an {@code ExecutePlanResponse} is the result of; empty if it is another's. */
  static Optional<Placeholder> in(byte[] response) {
    try {
      return new WireMessage(response)
          .field(Fields.RESPONSE_SQL_RESULT)
          .map(
              result ->
                  new WireMessage(result)
                      .message(Fields.SQL_RESULT_RELATION)
                      .message(Fields.RELATION_SQL)
                      .text(Fields.SQL_TEXT))
          .map(TEXT::matcher)
          .filter(Matcher::matches)
          .map(text -> new Placeholder(text.group(1)));
    } catch (GraftException e) {
      return Optional.empty(); // nothing that the gateway has had made
    }
  }
}
