package dev.graft.cli.doctor;

import dev.graft.address.ConnectAddress;
import dev.graft.cli.start.KeySlips;
import dev.graft.gateway.GatewayFile;
import dev.graft.gateway.GatewaySettings;
import dev.graft.gateway.StartCheck;
import dev.graft.gateway.tls.CertificateFiles;
import dev.graft.registry.admin.AdminPort;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.report.Json;
import dev.graft.registry.report.Values;
import dev.graft.registry.session.SessionPlugins;
import dev.graft.registry.settings.RegistryConfiguration;
import dev.graft.servers.ClassPathCache;
import dev.graft.servers.ConfigurationFile;
import dev.graft.servers.LaunchException;
import dev.graft.servers.SparkRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.jar.JarFile;

/** All that was found. Looks are taken one after another. Not safe for use by several threads. */
public final class Diagnosis {
  private static final String SETTINGS = "settings";
  private static final String SPARK_PORT = "spark.connect.grpc.binding.port";
  private static final String SPARK_ADDRESS = "spark.connect.grpc.binding.address";
  private static final int USUAL_PORT = 15_002;
  private static final String LOOPBACK = "127.0.0.1";

  private final List<Finding> findings = new ArrayList<>();

  /**
   * Looks at the Spark that would be started, and at the Java that would run it.
   *
   * @param line the line that is asked for; empty for the usual choice
   * @return the Spark, where its jars are on this machine
   */
  public Optional<SparkRuntime> machine(
      Optional<String> line, Map<String, String> environment, ClassPathCache cache) {
    SparkLook spark = SparkLook.of(line, environment, cache);
    java(spark.runtime().map(SparkRuntime::version));
    findings.add(spark.finding());
    return spark.runtime();
  }

  /** Looks at the Java that runs this. */
  public void java(Optional<String> spark) {
    findings.addAll(
        JavaLook.of(Runtime.version().feature(), System.getProperty("java.home"), spark));
  }

  /**
   * Adds what somebody else has found of the Python for clients' functions.
   *
   * @param isComplete whether it has what functions need
   */
  public void python(String said, boolean isComplete) {
    findings.add(isComplete ? Finding.ok("Python", said) : Finding.warning("Python", said, ""));
  }

  /**
   * Looks at the settings of a gateway, and at what they name.
   *
   * @return the file of the authorities that its backend is believed by, where it names one
   */
  public Optional<Path> gateway(Path file) {
    try {
      Map<String, String> entries = GatewayFile.read(file);
      GatewaySettings settings = GatewaySettings.parse(entries);
      RegistryConfiguration others = StartCheck.configuration(entries);
      settings(file, entries.keySet(), "");
      StartCheck.obstacles(settings, entries, Optional.empty()).forEach(this::file);
      StartCheck.warnings(settings)
          .forEach(text -> findings.add(Finding.warning(SETTINGS, text, "")));
      certificates(settings);
      settings.tls().keys().forEach(key -> findings.addAll(FileLook.secret("key", key)));
      settings.tokens().ifPresent(tokens -> findings.addAll(FileLook.secret("tokens", tokens)));
      settings
          .store()
          .password()
          .ifPresent(password -> findings.addAll(FileLook.secret("password", password)));
      settings
          .store()
          .database()
          .ifPresent(url -> findings.addAll(DatabaseLook.of(url, settings.store().password())));
      settings
          .store()
          .folder()
          .ifPresent(
              folder -> findings.addAll(FileLook.store(folder, others.sessions().allBytes())));
      findings.addAll(
          PortLook.of(
              "graft.gateway.port",
              settings.host(),
              settings.port(),
              settings.tls().certificate().map(CertificateFiles::chain)));
      registry(others, className -> false);
      return settings.tls().backendAuthorities();
    } catch (GraftException e) {
      findings.add(Finding.problem(SETTINGS, e));
      return Optional.empty();
    }
  }

  private void certificates(GatewaySettings settings) {
    for (StartCheck.Certificate certificate : StartCheck.certificates(settings)) {
      findings.add(
          CertificateLook.of(
              certificate.what() + " (" + certificate.subject() + ", " + certificate.file() + ")",
              certificate.until(),
              Instant.now(),
              "Have it renewed, and put it in its place: a gateway reads it again by itself."));
    }
  }

  /**
   * Looks at the settings of a Spark server, and at what they name.
   *
   * @param runtime the Spark, where its jars are on this machine
   * @return the settings; none where they cannot be read
   */
  public Map<String, String> spark(Path file, Optional<SparkRuntime> runtime) {
    try {
      Map<String, String> entries = ConfigurationFile.read(file);
      RegistryConfiguration configuration = RegistryConfiguration.parse(entries, "spark.");
      settings(file, entries.keySet(), "spark.");
      attempt(() -> AdminPort.check(configuration));
      attempt(() -> SessionPlugins.check(configuration.sessions()));
      sparkPort(entries);
      registry(configuration, className -> runtime.isPresent() && has(runtime.get(), className));
      return entries;
    } catch (LaunchException e) {
      findings.add(Finding.problem(SETTINGS, String.valueOf(e.getMessage()), "Mend the file."));
    } catch (GraftException e) {
      findings.add(Finding.problem(SETTINGS, e));
    }
    return Map.of();
  }

  private void sparkPort(Map<String, String> entries) {
    String port = entries.getOrDefault(SPARK_PORT, String.valueOf(USUAL_PORT));
    if (port.matches("\\d{1,5}") && Integer.parseInt(port) <= 65_535) {
      findings.addAll(
          PortLook.of(
              SPARK_PORT,
              entries.getOrDefault(SPARK_ADDRESS, LOOPBACK),
              Integer.parseInt(port),
              Optional.empty()));
    } else {
      findings.add(
          Finding.problem(
              SETTINGS, SPARK_PORT + " is '" + port + "'.", "It must be from 0 to 65535."));
    }
  }

  private void settings(Path file, Collection<String> keys, String prefix) {
    List<String> slips = KeySlips.of(keys, prefix);
    slips.forEach(slip -> findings.add(Finding.problem(SETTINGS, slip, "")));
    if (slips.isEmpty()) {
      findings.add(Finding.ok(SETTINGS, file + " is understood"));
    }
  }

  /** What both hosts have. */
  private void registry(RegistryConfiguration configuration, Predicate<String> onClassPath) {
    configuration
        .admin()
        .port()
        .ifPresent(
            port ->
                findings.addAll(
                    PortLook.of(
                        configuration.key("graft.admin.port"),
                        configuration.admin().host(),
                        port,
                        Optional.empty())));
    configuration
        .admin()
        .tokenFile()
        .ifPresent(file -> findings.addAll(FileLook.secret("tokens", file)));
    findings.addAll(JarLook.of(configuration, onClassPath));
  }

  private void file(GraftException refusal) {
    findings.add(
        Finding.problem(
            "files", refusal.text(), "Mend what the text names, or the setting that names it."));
  }

  private void attempt(Runnable step) {
    try {
      step.run();
    } catch (GraftException e) {
      file(e);
    }
  }

  private static boolean has(SparkRuntime runtime, String className) {
    String entry = className.replace('.', '/') + ".class";
    for (Path path : runtime.classPath()) {
      if (Files.isDirectory(path) ? Files.exists(path.resolve(entry)) : jarHas(path, entry)) {
        return true;
      }
    }
    return false;
  }

  private static boolean jarHas(Path path, String entry) {
    try (JarFile jar = new JarFile(path.toFile(), false)) {
      return jar.getEntry(entry) != null;
    } catch (IOException e) {
      return false; // a folder that is not there, or a jar that Spark could not read either
    }
  }

  /**
   * Looks at a server.
   *
   * @param authorities a PEM file of those whose certificates are believed, instead of Java's own
   * @param patience for each step
   */
  public void server(ConnectAddress address, Optional<Path> authorities, Duration patience) {
    findings.addAll(ServerLook.of(address, authorities, patience));
  }

  /** Whether there is no problem. */
  public boolean isWell() {
    return findings.stream().noneMatch(each -> each.level() == Finding.Level.PROBLEM);
  }

  /** For people: a line for each finding. */
  public List<String> lines() {
    return findings.stream().map(Finding::line).toList();
  }

  /** For programs: one line of JSON. */
  public String json() {
    return Json.of(
        Values.of("well", isWell(), "findings", findings.stream().map(Finding::value).toList()));
  }
}
