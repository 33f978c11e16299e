package dev.graft.registry.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What clients may add to their sessions.
 *
 * @param trust which jars are used
 * @param list the file of digests, for {@link Trust#LISTED}
 * @param signers the file of certificates, for {@link Trust#SIGNED}
 * @param replace whether a session may replace what the server has for a message
 * @param jarBytes how large a jar may be
 * @param jars how many of them a session may have
 * @param allJars how many all sessions may have together
 * @param allBytes how large all of them may be together
 * @param idle after how long without a request a session counts as over, on a host that is not told
 */
public record SessionSettings(
    Trust trust,
    Optional<Path> list,
    Optional<Path> signers,
    boolean replace,
    int jarBytes,
    int jars,
    int allJars,
    int allBytes,
    Duration idle) {
  /** Which jars of sessions are used. */
  public enum Trust {
    /** None. */
    OFF,
    /** Those whose digest the operator lists. */
    LISTED,
    /** Those that are signed by somebody whom the operator trusts. */
    SIGNED,
    /** All. */
    ANY
  }

  public SessionSettings {
    Objects.requireNonNull(trust, "trust");
    Objects.requireNonNull(list, "list");
    Objects.requireNonNull(signers, "signers");
    Objects.requireNonNull(idle, "idle");
  }

  /** Whether there are plugins of sessions at all. */
  public boolean on() {
    return trust != Trust.OFF;
  }

  /** Reads the settings. */
  static SessionSettings of(SettingsReader reader) {
    Trust trust = reader.get(RegistryKeys.SESSIONS);
    SessionSettings settings =
        new SessionSettings(
            trust,
            reader.get(RegistryKeys.SESSION_LIST),
            reader.get(RegistryKeys.SESSION_SIGNERS),
            reader.get(RegistryKeys.SESSION_REPLACE),
            reader.get(RegistryKeys.SESSION_JAR_BYTES),
            reader.get(RegistryKeys.SESSION_JARS),
            reader.get(RegistryKeys.ALL_SESSION_JARS),
            reader.get(RegistryKeys.ALL_SESSION_BYTES),
            reader.get(RegistryKeys.SESSION_IDLE));
    reader.need(
        trust == Trust.LISTED && settings.list.isEmpty(),
        RegistryKeys.SESSIONS,
        RegistryKeys.SESSION_LIST);
    reader.need(
        trust == Trust.SIGNED && settings.signers.isEmpty(),
        RegistryKeys.SESSIONS,
        RegistryKeys.SESSION_SIGNERS);
    return settings;
  }
}
