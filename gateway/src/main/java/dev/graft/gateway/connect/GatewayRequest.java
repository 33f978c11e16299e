package dev.graft.gateway.connect;

import dev.graft.registry.RequestContext;
import dev.graft.spi.Engine;
import dev.graft.spi.HostContext.Phase;
import java.util.Optional;
import java.util.function.Supplier;

/** What a plugin may know of a request that came through the gateway. */
record GatewayRequest(String userId, String sessionId, Phase phase, Supplier<String> version)
    implements RequestContext {
  /** The request in a message that has Connect's usual first fields. */
  static GatewayRequest of(WireMessage request, Phase phase, Supplier<String> version) {
    return new GatewayRequest(
        request.message(Fields.USER_CONTEXT).text(Fields.USER_ID),
        request.text(Fields.SESSION_ID),
        phase,
        version);
  }

  @Override
  public String hostName() {
    return "gateway";
  }

  @Override
  public String connectVersion() {
    return version.get();
  }

  @Override
  public Optional<Engine> engine() {
    return Optional.empty();
  }
}
