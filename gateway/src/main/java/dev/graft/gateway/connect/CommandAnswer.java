package dev.graft.gateway.connect;

import dev.graft.registry.descriptor.FieldNumbers;
import dev.graft.registry.wire.WireMessage;
import dev.graft.spi.Answer;

/**
 * What a command answers, as a field of {@code spark.connect.ExecutePlanResponse}.
 *
 * @param field the field's number; 0 for no field
 * @param content the field's content
 */
record CommandAnswer(int field, byte[] content) {
  /** The command is done and has nothing to say. */
  static final CommandAnswer NOTHING = new CommandAnswer(0, new byte[0]);

  /** Rows, as a lowered relation. */
  static CommandAnswer rows(byte[] relation) {
    return new CommandAnswer(
        FieldNumbers.RESPONSE_SQL_RESULT,
        WireMessage.EMPTY.with(FieldNumbers.SQL_RESULT_RELATION, relation).bytes());
  }

  /** A message of the plugin's own. */
  static CommandAnswer message(Answer.Message message) {
    return new CommandAnswer(
        FieldNumbers.RESPONSE_EXTENSION,
        WireMessage.EMPTY
            .with(FieldNumbers.ANY_TYPE_URL, message.typeUrl())
            .with(FieldNumbers.ANY_VALUE, message.value())
            .bytes());
  }

  /** The response with this answer instead of the placeholder's result. */
  byte[] putInto(byte[] response) {
    WireMessage before = new WireMessage(response);
    WireMessage without = before.without(FieldNumbers.RESPONSE_SQL_RESULT);
    if (without.bytes().length == response.length) {
      return response; // another response of the same operation
    }
    return field == 0 ? without.bytes() : without.with(field, content).bytes();
  }
}
