package dev.graft.benchmarks.attacks;

import dev.graft.benchmarks.attacks.kind.Requests;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A gateway as the operator's command starts it, with a log in a file. Not safe for use by several
 * threads.
 */
final class AttackedGateway implements AutoCloseable {
  /** The tokens that it lets in: the neighbour's and the attacker's. */
  static final String OF_NEIGHBOUR = "of-the-neighbour";

  static final String OF_ATTACKER = "of-the-attacker";

  private static final Pattern LISTENS = Pattern.compile("Connect +sc://127\\.0\\.0\\.1:(\\d+).*");
  private static final int LINES_OF_AN_ERROR = 4;
  private static final int TO_END_SECONDS = 10;

  private final Process process;
  private final int port;
  private final Path log;
  private final Observed observed;

  private AttackedGateway(Process process, int port, Path log, Observed observed) {
    this.process = process;
    this.port = port;
    this.log = log;
    this.observed = observed;
  }

  /**
   * Starts it before a backend.
   *
   * @param name the name of its files in the folder, which also holds {@code plugins} and {@code
   *     tokens}
   * @param heapMegabytes its heap
   * @param settings further lines of its configuration
   */
  static AttackedGateway start(
      Path folder, String name, int heapMegabytes, int backend, List<String> settings)
      throws IOException {
    Path conf =
        Files.writeString(
            folder.resolve(name + ".properties"),
            """
            graft.plugins.path = plugins
            connect.extensions.relation.classes = %s,dev.graft.builtin.rownumber.RowNumberPlugin
            connect.extensions.command.classes = %s
            graft.gateway.port = 0
            graft.gateway.token-file = tokens
            %s
            """
                .formatted(
                    Requests.RELATION_PLUGINS,
                    Requests.COMMAND_PLUGIN,
                    String.join("\n", settings)));
    Path log = folder.resolve(name + ".log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMegabytes + "m",
                "--add-opens=java.base/java.nio=ALL-UNNAMED", // as the command's script does
                "-cp",
                System.getProperty("java.class.path"),
                "dev.graft.cli.GraftCommand",
                "gateway",
                "--backend",
                "sc://127.0.0.1:" + backend,
                "--conf",
                conf.toString())
            .redirectError(log.toFile())
            .start();
    // Unlike the other JVMs, it does not notice that its parent has ended.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "stop-" + name));
    try {
      int port = port(process, log);
      return new AttackedGateway(process, port, log, Observed.of(process.toHandle()));
    } catch (IOException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static int port(Process process, Path log) throws IOException {
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder all = new StringBuilder();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      Matcher listens = LISTENS.matcher(line);
      if (listens.matches()) {
        return Integer.parseInt(listens.group(1));
      }
      all.append(line).append('\n');
    }
    throw new IOException("The gateway has not started:\n" + all + Files.readString(log));
  }

  int port() {
    return port;
  }

  /** What it holds now. */
  Vitals vitals() throws IOException {
    return observed.vitals();
  }

  /** The bytes of its log. */
  long logBytes() throws IOException {
    return Files.size(log);
  }

  /** What its log says of each OutOfMemoryError, and where it was thrown. */
  List<String> outOfMemory() throws IOException {
    List<String> lines = Files.readAllLines(log);
    List<String> errors = new ArrayList<>();
    for (int line = 0; line < lines.size(); line++) {
      if (lines.get(line).contains("OutOfMemoryError")) {
        int end = Math.min(lines.size(), line + LINES_OF_AN_ERROR);
        errors.add(
            lines.subList(line, end).stream().map(String::strip).collect(Collectors.joining(" ")));
      }
    }
    return errors;
  }

  @Override
  public void close() throws IOException {
    observed.close();
    process.destroyForcibly();
    try {
      process.waitFor(TO_END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
