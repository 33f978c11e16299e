package dev.graft.registry.settings;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where operators reach a server that runs.
 *
 * @param port the port, 0 for a free one; empty where there is to be none
 * @param host the address it listens on
 * @param tokenFile the file of the tokens that are let in; without it whoever reaches the port is
 */
public record AdminSettings(Optional<Integer> port, String host, Optional<Path> tokenFile) {
  /** No port. */
  public static final AdminSettings OFF =
      new AdminSettings(Optional.empty(), RegistryKeys.ADMIN_HOST.byDefault(), Optional.empty());

  public AdminSettings {
    Objects.requireNonNull(port, "port");
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(tokenFile, "tokenFile");
  }

  /** Reads the settings. */
  static AdminSettings of(SettingsReader reader) {
    return new AdminSettings(
        reader.get(RegistryKeys.ADMIN_PORT),
        reader.get(RegistryKeys.ADMIN_HOST),
        reader.get(RegistryKeys.ADMIN_TOKENS));
  }
}
