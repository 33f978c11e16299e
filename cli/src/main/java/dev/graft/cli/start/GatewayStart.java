package dev.graft.cli.start;

import dev.graft.gateway.BackendAddress;
import dev.graft.gateway.GatewayFile;
import dev.graft.gateway.GatewaySettings;
import dev.graft.gateway.StartCheck;
import dev.graft.registry.error.GraftException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The start of a gateway, without the gateway. */
public final class GatewayStart {
  private static final String HOST = "The gateway";

  private GatewayStart() {}

  /**
   * Reads the settings and the files that they name, and loads the plugins.
   *
   * @param backend its address, where it is to be looked at
   */
  public static Outlook of(Path file, Optional<String> backend) {
    List<String> warnings = new ArrayList<>();
    try {
      Map<String, String> entries = GatewayFile.read(file);
      warnings.addAll(KeySlips.of(entries.keySet(), ""));
      GatewaySettings settings = GatewaySettings.parse(entries);
      Optional<BackendAddress> address = backend.map(BackendAddress::parse);
      warnings.addAll(StartCheck.warnings(settings));
      return Outlook.of(
          HOST,
          StartCheck.plugins(entries),
          StartCheck.obstacles(settings, entries, address),
          warnings);
    } catch (GraftException e) {
      return Outlook.impossible(HOST, String.valueOf(e.getMessage()), warnings);
    }
  }
}
