package dev.graft.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A process with a gateway in it, which may be killed. */
final class GatewayProcess implements AutoCloseable {
  final Process process;
  final BufferedReader output;
  final int port;

  private GatewayProcess(Process process) throws IOException {
    this.process = process;
    this.output = process.inputReader();
    String line = output.readLine();
    if (line == null) {
      throw new IOException("The gateway does not start");
    }
    this.port = Integer.parseInt(line);
  }

  /**
   * Starts one, and waits until it listens.
   *
   * @param before what stands before the command
   * @param log where its standard error goes
   * @param options of the JVM
   */
  static GatewayProcess start(
      List<String> before,
      ByteBackend backend,
      Map<String, String> entries,
      ProcessBuilder.Redirect log,
      String... options)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            GatewayProcess.class.getName(),
            "sc://127.0.0.1:" + backend.port()));
    entries.forEach((key, value) -> command.add(key + "=" + value));
    return new GatewayProcess(new ProcessBuilder(command).redirectError(log).start());
  }

  /** The process: a backend's address, and entries of the configuration. */
  public static void main(String[] arguments) throws Exception {
    Map<String, String> entries = new HashMap<>();
    entries.put("graft.gateway.port", "0");
    Arrays.stream(arguments)
        .skip(1)
        .map(entry -> entry.split("=", 2))
        .forEach(entry -> entries.put(entry[0], entry[1]));
    Gateway gateway =
        Gateway.start(GatewaySettings.parse(entries), entries, BackendAddress.parse(arguments[0]));
    StopSignals.stop(gateway);
    System.out.println(gateway.port());
    gateway.awaitEnd();
    System.out.println("ended");
  }

  /** Kills it as {@code kill -9} does. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
