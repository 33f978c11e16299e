package dev.graft.gateway.connect;

import dev.graft.gateway.access.Caller;
import dev.graft.registry.descriptor.FieldNumbers;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.wire.WireMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The command that the backend runs in the place of one that the gateway answers. Every line
 * answers it with a {@code SqlCommandResult} that repeats its text, and none runs a job for it.
 *
 * <p>The text holds a mark that no client can guess. So a response itself shows which command it
 * belongs to, whatever ids a client claims, and that it is not the result that its client waits
 * for.
 *
 * @param mark a UUID that cannot be guessed
 */
record Placeholder(String mark) {
  private static final SecretKey SECRET = newSecret();
  private static final Pattern TEXT = Pattern.compile("SELECT 1 /\\* graft ([0-9a-f-]{36}) \\*/");

  /**
   * The placeholder for a command. A request that is sent again gets the same one, so that Spark
   * recognises the second as the first, as it does with a plan that is not rewritten.
   *
   * @param any the command's extension
   */
  static Placeholder of(CommandAnswers.Owner owner, byte[] any) {
    Caller caller = owner.caller();
    try {
      Mac mac = Mac.getInstance(SECRET.getAlgorithm());
      mac.init(SECRET);
      for (String part :
          List.of(owner.credentials(), caller.user(), caller.session(), caller.operation())) {
        mac.update(part.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0); // a separator that none of the parts holds
      }
      ByteBuffer code = ByteBuffer.wrap(mac.doFinal(any));
      return new Placeholder(new UUID(code.getLong(), code.getLong()).toString());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  private static SecretKey newSecret() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return new SecretKeySpec(secret, "HmacSHA256");
  }

  /** A serialised {@code spark.connect.Command}. */
  byte[] command() {
    return WireMessage.EMPTY
        .with(
            FieldNumbers.COMMAND_SQL,
            WireMessage.EMPTY
                .with(FieldNumbers.SQL_TEXT, "SELECT 1 /* graft " + mark + " */")
                .bytes())
        .bytes();
  }

  /**
   * The placeholder whose result an {@code ExecutePlanResponse} is; empty if it is the result of
   * something else.
   */
  static Optional<Placeholder> in(byte[] response) {
    try {
      return new WireMessage(response)
          .field(FieldNumbers.RESPONSE_SQL_RESULT)
          .map(
              result ->
                  new WireMessage(result)
                      .message(FieldNumbers.SQL_RESULT_RELATION)
                      .message(FieldNumbers.RELATION_SQL)
                      .text(FieldNumbers.SQL_TEXT))
          .map(TEXT::matcher)
          .filter(Matcher::matches)
          .map(text -> new Placeholder(text.group(1)));
    } catch (GraftException e) {
      return Optional.empty(); // malformed, so not a response to a placeholder
    }
  }
}
