package dev.graft.benchmarks.dispatch;

import dev.graft.registry.RequestContext;
import dev.graft.spi.Engine;
import dev.graft.spi.HostContext;
import java.util.Optional;

/** A request with empty values, since no plugin here asks for them. */
public record FixedRequest() implements RequestContext {
  @Override
  public String userId() {
    return "";
  }

  @Override
  public String sessionId() {
    return "";
  }

  @Override
  public HostContext.Phase phase() {
    return HostContext.Phase.EXECUTION;
  }

  @Override
  public String hostName() {
    return "benchmark";
  }

  @Override
  public String connectVersion() {
    return "4.2.0";
  }

  @Override
  public Optional<Engine> engine() {
    return Optional.empty();
  }
}
