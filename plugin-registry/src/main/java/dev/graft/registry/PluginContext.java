package dev.graft.registry;

import dev.graft.spi.Engine;
import dev.graft.spi.HostContext;
import java.util.Map;
import java.util.Optional;

/**
 * The request as one plugin sees it.
 *
 * @param request what the host tells
 * @param settings the plugin's own settings
 */
record PluginContext(RequestContext request, Map<String, String> settings) implements HostContext {
  @Override
  public String userId() {
    return request.userId();
  }

  @Override
  public String sessionId() {
    return request.sessionId();
  }

  @Override
  public Phase phase() {
    return request.phase();
  }

  @Override
  public String hostName() {
    return request.hostName();
  }

  @Override
  public String connectVersion() {
    return request.connectVersion();
  }

  @Override
  public Optional<Engine> engine() {
    return request.engine();
  }
}
