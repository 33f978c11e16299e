package dev.graft.benchmarks.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * A JVM of the benchmark's own, that listens on a port and ends with this one. Not safe for use by
 * several threads.
 */
public final class ChildProcess implements AutoCloseable {
  /** Kept here, since a logger that nobody keeps forgets its level. */
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  private final Process process;
  private final BufferedReader said;
  private final int port;

  private ChildProcess(Process process) throws IOException {
    this.process = process;
    this.said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.port = Integer.parseInt(ask(""));
  }

  /** Starts a class's {@code main}, which calls {@link #serve}, and waits until it listens. */
  public static ChildProcess start(Class<?> main, List<String> options, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return new ChildProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /**
   * The child's side: says the port, then answers each line it is sent, and ends with its parent.
   *
   * @param answer what is said to a line, in one line
   */
  public static void serve(int port, UnaryOperator<String> answer) {
    GRPC.setLevel(Level.SEVERE); // it warns of each stream that a client cancels
    BufferedReader asked =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try {
      asked.readLine();
      System.out.println(port);
      for (String line = asked.readLine(); line != null; line = asked.readLine()) {
        System.out.println(answer.apply(line));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().halt(0);
  }

  /** What the child says to a line. */
  public String ask(String question) throws IOException {
    process.getOutputStream().write((question + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    String answer = said.readLine();
    if (answer == null) {
      throw new IOException("A process of the benchmark has ended; see its errors above");
    }
    return answer;
  }

  /** The port that the child listens on. */
  public int port() {
    return port;
  }

  /** The process. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** The processor time of a process and those it has started, as the operating system counts. */
  static Duration cpu(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
        .map(handle -> handle.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
