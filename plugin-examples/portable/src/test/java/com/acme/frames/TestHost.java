package com.acme.frames;

import dev.graft.api.PlanningContext;
import dev.graft.spi.Engine;
import dev.graft.spi.HostContext;
import java.util.Map;
import java.util.Optional;

/** A host that exists for a test alone. */
record TestHost(
    String userId,
    String sessionId,
    Phase phase,
    String hostName,
    String connectVersion,
    Map<String, String> settings,
    Optional<Engine> engine)
    implements HostContext {
  static PlanningContext context() {
    return new PlanningContext(
        new TestHost("", "", Phase.EXECUTION, "test", "4.2.0", Map.of(), Optional.empty()));
  }
}
