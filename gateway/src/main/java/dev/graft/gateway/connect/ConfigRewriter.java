package dev.graft.gateway.connect;

import dev.graft.gateway.memory.Share;
import dev.graft.gateway.proxy.Rewriter;
import dev.graft.registry.descriptor.FieldNumbers;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.wire.WireMessage;
import io.grpc.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * {@code Config}: to clients, a hidden setting looks as if nobody had set it.
 *
 * <p>A request for one asks the backend for a name that nobody sets instead, so that the answer (a
 * refusal, nothing, or the client's own default) has the backend's form on every line. From lists
 * of settings the hidden ones are taken out. Setting and unsetting pass: the backend refuses them
 * for its own settings, and a client may set a secret of its own, which it then cannot read.
 */
final class ConfigRewriter implements Rewriter {
  /** Stands behind the key in the backend's refusal. */
  private static final String INSTEAD = " (hidden by the gateway)";

  /** Longer requests, which clients have no reason to send, are not read on an event loop. */
  private static final int MOST_BYTES = 64 << 10;

  private static final Set<Integer> TELLING =
      Set.of(
          FieldNumbers.CONFIG_GET,
          FieldNumbers.CONFIG_GET_WITH_DEFAULT,
          FieldNumbers.CONFIG_GET_OPTION,
          FieldNumbers.CONFIG_GET_ALL);

  private final HiddenSettings hidden;

  ConfigRewriter(HiddenSettings hidden) {
    this.hidden = hidden;
  }

  /**
   * True also for a malformed request, which the backend might read in another way than the
   * gateway.
   */
  @Override
  public boolean concerns(byte[] request) {
    if (hidden.patterns().isEmpty()) {
      return false;
    }
    try {
      return request.length > MOST_BYTES || hide(request).isPresent();
    } catch (GraftException e) {
      return true;
    }
  }

  @Override
  public Rewritten rewrite(byte[] request, Metadata headers, Share memory) {
    return PlanRequests.orStatus(() -> hide(request).orElseGet(() -> Rewritten.request(request)));
  }

  /** What becomes of a request; empty where it asks for nothing that is hidden. */
  private Optional<Rewritten> hide(byte[] request) {
    WireMessage message = new WireMessage(request);
    WireMessage operation =
        message.only(FieldNumbers.CONFIG_OPERATION).map(WireMessage::new).orElse(WireMessage.EMPTY);
    List<Integer> kinds = operation.numbers().stream().filter(TELLING::contains).toList();
    if (kinds.isEmpty()) {
      return Optional.empty();
    }
    if (kinds.size() > 1) {
      throw WireMessage.malformed("it asks for settings in several ways at once.");
    }
    int kind = kinds.get(0);
    WireMessage asked = operation.message(kind);
    if (kind == FieldNumbers.CONFIG_GET_ALL) {
      String prefix = asked.text(FieldNumbers.GET_ALL_PREFIX);
      return Optional.of(new Rewritten(request, response -> withoutHidden(response, prefix)));
    }
    WireMessage instead =
        kind == FieldNumbers.CONFIG_GET_WITH_DEFAULT
            ? asked.each(
                FieldNumbers.CONFIG_KEYS, pair -> Optional.of(withKey(pair, this::instead)))
            : asked.each(FieldNumbers.CONFIG_KEYS, key -> Optional.of(instead(key)));
    if (instead == asked) {
      return Optional.empty();
    }
    byte[] changed =
        message
            .with(FieldNumbers.CONFIG_OPERATION, operation.with(kind, instead.bytes()).bytes())
            .bytes();
    return Optional.of(new Rewritten(changed, ConfigRewriter::underItsName));
  }

  private byte[] instead(byte[] key) {
    String name = new String(key, StandardCharsets.UTF_8);
    return hidden.hides(name) ? (name + INSTEAD).getBytes(StandardCharsets.UTF_8) : key;
  }

  /** An answer with the keys that the client asked for. */
  private static byte[] underItsName(byte[] response) {
    return new WireMessage(response)
        .each(
            FieldNumbers.CONFIG_PAIRS,
            pair -> Optional.of(withKey(pair, ConfigRewriter::withoutInstead)))
        .bytes();
  }

  private static byte[] withoutInstead(byte[] key) {
    String name = new String(key, StandardCharsets.UTF_8);
    return name.endsWith(INSTEAD)
        ? name.substring(0, name.length() - INSTEAD.length()).getBytes(StandardCharsets.UTF_8)
        : key;
  }

  private static byte[] withKey(byte[] pair, UnaryOperator<byte[]> change) {
    return new WireMessage(pair)
        .each(FieldNumbers.PAIR_KEY, key -> Optional.of(change.apply(key)))
        .bytes();
  }

  /**
   * Takes hidden settings out of a list. Spark gives keys without the prefix that was asked for.
   */
  private byte[] withoutHidden(byte[] response, String prefix) {
    return new WireMessage(response)
        .each(
            FieldNumbers.CONFIG_PAIRS,
            pair -> {
              String key = new WireMessage(pair).text(FieldNumbers.PAIR_KEY);
              return hidden.hides(key) || hidden.hides(prefix + key)
                  ? Optional.empty()
                  : Optional.of(pair);
            })
        .bytes();
  }
}
