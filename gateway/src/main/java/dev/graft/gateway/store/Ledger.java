package dev.graft.gateway.store;

import dev.graft.registry.session.SessionKey;
import java.util.List;
import java.util.Map;

/** Where a gateway writes down what its memory holds of sessions. */
interface Ledger extends AutoCloseable {
  /** Writes nothing down. */
  Ledger NONE =
      new Ledger() {
        @Override
        public Map<SessionKey, List<SessionJar>> read() {
          return Map.of();
        }

        @Override
        public void write(SessionKey session, List<SessionJar> jars) {}

        @Override
        public void close() {}
      };

  /** All that was written. */
  Map<SessionKey, List<SessionJar>> read();

  /**
   * Writes what a session has, which survives the process when this returns.
   *
   * @param jars in their order; empty where the session is over
   */
  void write(SessionKey session, List<SessionJar> jars);

  @Override
  void close();
}
