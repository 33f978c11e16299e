package dev.graft.gateway;

import dev.graft.gateway.access.BearerTokens;
import dev.graft.gateway.memory.MemoryBudget;
import dev.graft.gateway.reload.FollowedFiles;
import dev.graft.gateway.tls.CertificateDates;
import dev.graft.gateway.tls.TlsContexts;
import dev.graft.registry.Registry;
import dev.graft.registry.admin.AdminPort;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.report.LoadReport;
import dev.graft.registry.session.SessionPlugins;
import dev.graft.registry.settings.RegistryConfiguration;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a gateway's start would say, without the gateway: it does not listen, calls no backend and
 * opens no store.
 */
public final class StartCheck {
  private StartCheck() {}

  /**
   * Loads the plugins as a gateway does, and lets go of them. Their constructors run.
   *
   * @param entries the configuration
   * @return the report; what is required and refused in it would keep a gateway from starting
   * @throws GraftException GRAFT_CONFIGURATION_INVALID if a setting cannot be understood
   */
  public static LoadReport plugins(Map<String, String> entries) {
    return Registry.rehearse(GatewaySettings.others(entries), GatewayHost.host());
  }

  /**
   * Reads the files that the settings name: certificates, keys, authorities and tokens.
   *
   * @param entries the whole configuration, of which {@code settings} are a part
   * @param backend the address of the backend, where it is known
   * @return what would keep a gateway from starting
   */
  public static List<GraftException> obstacles(
      GatewaySettings settings, Map<String, String> entries, Optional<BackendAddress> backend) {
    List<GraftException> obstacles = new ArrayList<>();
    RegistryConfiguration others = configuration(entries);
    attempt(() -> AdminPort.check(others), obstacles);
    attempt(() -> SessionPlugins.check(others.sessions()), obstacles);
    try (FollowedFiles files = new FollowedFiles(settings.tls().reload())) {
      TlsContexts tls = new TlsContexts(settings.tls(), files);
      attempt(tls::server, obstacles);
      attempt(tls::client, obstacles);
      backend.ifPresent(
          address -> attempt(() -> BackendChannel.checkCertificates(address, settings), obstacles));
      settings.tokens().ifPresent(file -> attempt(() -> BearerTokens.of(file, files), obstacles));
    }
    return obstacles;
  }

  /**
   * A certificate that the settings name.
   *
   * @param what what it is for, for messages
   * @param file where it lies
   * @param subject the name in it
   * @param until when it ends
   */
  public record Certificate(String what, Path file, String subject, Instant until) {}

  /**
   * The certificates of the settings, those of authorities too. Files that cannot be read are left
   * out: {@link #obstacles} says what is wrong with them.
   */
  public static List<Certificate> certificates(GatewaySettings settings) {
    List<Certificate> found = new ArrayList<>();
    settings
        .tls()
        .files()
        .forEach(
            (what, file) -> {
              for (X509Certificate certificate : CertificateDates.of(file)) {
                found.add(
                    new Certificate(
                        what,
                        file,
                        certificate.getSubjectX500Principal().getName(),
                        certificate.getNotAfter().toInstant()));
              }
            });
    return found;
  }

  /**
   * What a gateway has of the settings of every host.
   *
   * @throws GraftException GRAFT_CONFIGURATION_INVALID if one cannot be understood
   */
  public static RegistryConfiguration configuration(Map<String, String> entries) {
    return RegistryConfiguration.parse(GatewaySettings.others(entries), "");
  }

  private static void attempt(Runnable step, List<GraftException> obstacles) {
    try {
      step.run();
    } catch (GraftException e) {
      obstacles.add(e);
    }
  }

  /** What an operator should know besides, each with what to do. */
  public static List<String> warnings(GatewaySettings settings) {
    List<String> warnings = new ArrayList<>(Exposure.warnings(settings));
    warnings.addAll(MemoryFit.notes(settings, MemoryBudget.ofMachine()));
    return warnings;
  }
}
