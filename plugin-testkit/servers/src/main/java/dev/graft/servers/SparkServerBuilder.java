package dev.graft.servers;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Configures and starts a {@link SparkServer}. Not safe for use by several threads. One builder may
 * start several servers.
 *
 * <p>The server is Spark's own, {@code org.apache.spark.sql.connect.service.SparkConnectServer},
 * started by Spark's own {@code SparkSubmit}, so that every {@code spark.master} works. Unless the
 * settings say otherwise, it listens on this machine's loopback address only, where its line knows
 * how (see {@link SparkRuntime#choosesAddress()}), and has no UI.
 */
public final class SparkServerBuilder {
  private static final String SERVER = "org.apache.spark.sql.connect.service.SparkConnectServer";
  private static final int LOG_LINES = 10;
  private static final String PYTHON = "spark.pyspark.python";
  private static final Pattern SCALA = Pattern.compile("spark-core_(2\\.\\d+)-.*\\.jar");

  /** What Spark needs opened on JDK 17; the union of what its lines' own launchers give. */
  private static final List<String> OPENED =
      List.of(
          "java.base/java.lang",
          "java.base/java.lang.invoke",
          "java.base/java.lang.reflect",
          "java.base/java.io",
          "java.base/java.net",
          "java.base/java.nio",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic",
          "java.base/jdk.internal.ref",
          "java.base/sun.nio.ch",
          "java.base/sun.nio.cs",
          "java.base/sun.security.action",
          "java.base/sun.util.calendar",
          "java.security.jgss/sun.security.krb5");

  /**
   * For a server of a few minutes: without the second JIT compiler, which would cost more than it
   * gains, and with the larger code cache that the first one then needs; with the serial collector,
   * which has no threads of its own; and with enough metaspace that loading classes causes no
   * collections.
   */
  private static final List<String> SHORT_LIVED =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:ReservedCodeCacheSize=240m",
          "-XX:MetaspaceSize=300m");

  /** Environment variables that would make a Spark from Maven use files of an installation. */
  private static final List<String> INSTALLATION =
      List.of("SPARK_HOME", "SPARK_CONF_DIR", "SPARK_ENV_LOADED", "SPARK_SCALA_VERSION");

  private final SparkRuntime runtime;
  private final Optional<Path> graftJar;
  private final Map<String, String> settings = new TreeMap<>();
  private final List<Path> extraClassPath = new ArrayList<>();
  private Duration patience = Duration.ofMinutes(3);
  private int port;
  private boolean shortLived;
  private @Nullable Path directory;
  private @Nullable Path logFile;

  /**
   * A server on a free port, with {@code local[*]} for a master and no plugins.
   *
   * @param graftJar the jar of {@code spark-host}
   */
  public SparkServerBuilder(SparkRuntime runtime, Path graftJar) {
    this(runtime, Optional.of(graftJar.toAbsolutePath()));
  }

  private SparkServerBuilder(SparkRuntime runtime, Optional<Path> graftJar) {
    this.runtime = runtime;
    this.graftJar = graftJar;
  }

  /** A server as Spark ships it, with nothing of Graft in it, on a free port. */
  public static SparkServerBuilder withoutGraft(SparkRuntime runtime) {
    return new SparkServerBuilder(runtime, Optional.empty());
  }

  /**
   * Sets settings, whose keys begin with {@code spark.}; they win over an installation's defaults.
   */
  public SparkServerBuilder settings(Map<String, String> more) {
    settings.putAll(more);
    return this;
  }

  /** Sets one setting. */
  public SparkServerBuilder setting(String key, String value) {
    settings.put(key, value);
    return this;
  }

  /** The folder of plugin jars: {@code spark.graft.plugins.path}. */
  public SparkServerBuilder plugins(Path folder) {
    return setting("spark.graft.plugins.path", folder.toAbsolutePath().toString());
  }

  /**
   * Puts jars or folders behind Spark's own on its class path, and on executors' where there are
   * any.
   */
  public SparkServerBuilder classPath(List<Path> more) {
    more.forEach(path -> extraClassPath.add(path.toAbsolutePath()));
    return this;
  }

  /** The master, such as {@code local[2]} or {@code spark://host:7077}. */
  public SparkServerBuilder master(String master) {
    return setting(ServerSettings.MASTER, master);
  }

  /**
   * The Python that runs the functions of Python clients: a path, or a name on the {@code PATH}, of
   * this machine and of those of executors. Otherwise it is that of the setting {@code
   * spark.pyspark.python}, or of the environment's {@code PYSPARK_PYTHON}, or {@code python3}.
   */
  public SparkServerBuilder python(String executable) {
    return setting(PYTHON, executable);
  }

  /**
   * Tunes the server's JVM for a life of minutes, as in a test: it starts and warms up with half
   * the work, but would be slower in the long run. {@code spark.driver.extraJavaOptions} still win.
   */
  public SparkServerBuilder shortLived() {
    shortLived = true;
    return this;
  }

  /** The port, 1 to 65535, or 0 for a free one. */
  public SparkServerBuilder port(int port) {
    this.port = port;
    return this;
  }

  /**
   * The directory that the server works in; otherwise one of its own, which is deleted when it is
   * closed.
   */
  public SparkServerBuilder directory(Path directory) {
    this.directory = directory.toAbsolutePath();
    return this;
  }

  /** Where the log goes, and stays; otherwise a file that is deleted when the server is closed. */
  public SparkServerBuilder logFile(Path file) {
    this.logFile = file.toAbsolutePath();
    return this;
  }

  /** How long the server may take until it listens; three minutes unless set. */
  public SparkServerBuilder patience(Duration patience) {
    this.patience = patience;
    return this;
  }

  /**
   * Starts the server and waits until it answers.
   *
   * @throws LaunchException with {@link LaunchException.Code#PORT_TAKEN} if something listens on
   *     the port already, with {@link LaunchException.Code#SERVER_FAILED} if the server ends or
   *     does not answer in time; its log then stays
   */
  public SparkServer start() {
    int chosen = port == 0 ? freePort() : requireFree(port);
    try {
      return startIn(Files.createTempDirectory("graft-spark-"), chosen);
    } catch (IOException e) {
      throw unstartable(e);
    }
  }

  /**
   * Has Graft's jar load the plugins that the settings name, in a JVM with the server's class path
   * and options, and without a server.
   *
   * @return one line of JSON, as {@code dev.graft.spark.Rehearsal} has it
   * @throws LaunchException with {@link LaunchException.Code#SERVER_FAILED} if that JVM gives no
   *     result in time; its log is in the failure
   */
  public String rehearse() {
    try {
      Path folder = Files.createTempDirectory("graft-check-");
      try {
        return rehearseIn(folder);
      } finally {
        Folders.delete(folder);
      }
    } catch (IOException e) {
      throw unstartable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unstartable(e);
    }
  }

  private String rehearseIn(Path folder) throws IOException, InterruptedException {
    ServerSettings complete = ServerSettings.of(runtime, settings, port, List.of(), folder);
    Path properties = write(complete, folder);
    Path result = folder.resolve("result.json");
    Path log = folder.resolve("check.log");
    List<String> command = jvm(complete, Files.createDirectory(folder.resolve("tmp")));
    command.addAll(List.of("dev.graft.spark.Rehearsal", properties.toString(), result.toString()));
    Process process = process(command, log).start();
    process.getOutputStream().close();
    boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    if (Files.isRegularFile(result)) {
      return Files.readString(result);
    }
    throw new LaunchException(
        LaunchException.Code.SERVER_FAILED,
        ended
            ? "The plugins cannot be tried with "
                + runtime
                + ": the JVM for it ended with status "
                + process.exitValue()
                + "."
            : "The plugins were not loaded within " + patience.toSeconds() + " s.",
        new LogReader(Files.readString(log)).lastLines(LOG_LINES));
  }

  private ProcessBuilder process(List<String> command, Path log) {
    ProcessBuilder process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    if (directory != null) {
      process.directory(directory.toFile());
    }
    environment(process.environment());
    return process;
  }

  /**
   * The settings in a file that only the user can read, not among the arguments, which every user
   * of the machine sees.
   */
  private static Path write(ServerSettings complete, Path folder) throws IOException {
    Path properties = folder.resolve("server.properties");
    try (OutputStream out = Files.newOutputStream(properties)) {
      Properties all = new Properties();
      all.putAll(complete.asMap());
      all.store(out, null);
    }
    return properties;
  }

  private SparkServer startIn(Path folder, int chosen) {
    SparkServer server;
    try {
      server = launch(folder, chosen);
    } catch (IOException | RuntimeException e) {
      Folders.delete(folder);
      throw unstartable(e);
    }
    server.awaitReady(patience);
    return server;
  }

  private static LaunchException unstartable(Exception cause) {
    return new LaunchException(
        LaunchException.Code.SERVER_FAILED,
        "The server's process cannot be started: " + cause.getMessage(),
        cause);
  }

  private SparkServer launch(Path folder, int chosen) throws IOException {
    List<Path> shipped = new ArrayList<>(graftJar.stream().toList());
    extraClassPath.stream().filter(path -> path.toString().endsWith(".jar")).forEach(shipped::add);
    ServerSettings complete =
        graftJar.isPresent()
            ? ServerSettings.of(runtime, settings, chosen, shipped, folder)
            : ServerSettings.withoutGraft(runtime, settings, chosen, shipped);
    Path log = logFile == null ? folder.resolve("server.log") : logFile;
    Path properties = write(complete, folder);
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Path work = directory == null ? Files.createDirectory(folder.resolve("work")) : directory;
    List<String> command = jvm(complete, temporary);
    command.addAll(
        List.of(
            "org.apache.spark.deploy.SparkSubmit",
            "--properties-file",
            properties.toString(),
            "--class",
            SERVER,
            "spark-internal"));
    ProcessBuilder process = process(command, log).directory(work.toFile());
    // A Connect server reads only the environment variable, not the setting.
    String python = complete.asMap().getOrDefault(PYTHON, "");
    if (!python.isBlank()) {
      process.environment().put("PYSPARK_PYTHON", python.strip());
    }
    return new SparkServer(runtime, process.start(), complete, chosen, folder, log);
  }

  /** A JVM with the server's options and class path, to which a program is to be added. */
  private List<String> jvm(ServerSettings complete, Path temporary) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    OPENED.forEach(name -> command.add("--add-opens=" + name + "=ALL-UNNAMED"));
    command.add("-Djdk.reflect.useDirectMethodHandle=false"); // as Spark's own launchers do
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add("-Xmx" + complete.heap());
    if (shortLived) {
      command.addAll(SHORT_LIVED);
    }
    command.addAll(complete.driverJavaOptions());
    Stream<String> jars =
        Stream.of(graftJar.stream().toList(), runtime.classPath(), extraClassPath)
            .flatMap(List::stream)
            .map(Path::toString);
    command.add("-cp");
    command.add(
        String.join(
            File.pathSeparator, Stream.concat(complete.driverClassPath().stream(), jars).toList()));
    return command;
  }

  private void environment(Map<String, String> environment) {
    environment.keySet().removeAll(INSTALLATION);
    runtime
        .home()
        .ifPresent(
            home -> {
              environment.put("SPARK_HOME", home.toString());
              scala().ifPresent(version -> environment.put("SPARK_SCALA_VERSION", version));
              String conf = System.getenv("SPARK_CONF_DIR");
              if (conf != null) {
                environment.put("SPARK_CONF_DIR", conf);
              }
            });
  }

  private Optional<String> scala() {
    return runtime.classPath().stream()
        .map(jar -> SCALA.matcher(String.valueOf(jar.getFileName())))
        .filter(Matcher::matches)
        .map(name -> name.group(1))
        .findFirst();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Refuses a port in use: whatever listens there would be taken for the server. */
  private static int requireFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return port;
    } catch (IOException e) {
      throw new LaunchException(
          LaunchException.Code.PORT_TAKEN,
          "Port "
              + port
              + " cannot be used ("
              + e.getMessage()
              + "). Choose another with --port, or 0 for a free one.",
          e);
    }
  }
}
