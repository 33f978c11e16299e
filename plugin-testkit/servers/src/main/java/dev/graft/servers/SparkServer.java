package dev.graft.servers;

import io.grpc.ConnectivityState;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A Spark Connect server with Graft inside, in a process of its own. Started by {@link
 * SparkServerBuilder#start}; stopped by {@link #close} and, at the latest, when this JVM ends. Safe
 * for use by several threads.
 */
public final class SparkServer implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final int SHOWN_LINES = 10;

  private final SparkRuntime runtime;
  private final Process process;
  private final ServerSettings settings;
  private final int port;
  private final Path folder;
  private final Path logFile;
  private final Thread stopWithJvm;
  private boolean closed;

  SparkServer(
      SparkRuntime runtime,
      Process process,
      ServerSettings settings,
      int port,
      Path folder,
      Path logFile) {
    this.runtime = runtime;
    this.process = process;
    this.settings = settings;
    this.port = port;
    this.folder = folder;
    this.logFile = logFile;
    this.stopWithJvm = new Thread(() -> close(true), "stop-spark");
    Runtime.getRuntime().addShutdownHook(stopWithJvm);
  }

  /** The Spark that it runs on. */
  public SparkRuntime runtime() {
    return runtime;
  }

  /** Where it listens, as clients take it: {@code sc://127.0.0.1:15002}. */
  public String address() {
    String host = settings.host();
    return "sc://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** The process id. */
  public long processId() {
    return process.pid();
  }

  /** Whether the process runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Graft's load report; empty where there is none. */
  public String loadReport() {
    return read(settings.report());
  }

  /** All that the server has written to its log so far. */
  public String log() {
    return read(logFile);
  }

  /** Where the log is. */
  public Path logFile() {
    return logFile;
  }

  /**
   * Waits until the server ends without having been closed.
   *
   * @return what to throw; the log then stays
   */
  public LaunchException awaitUnexpectedEnd() throws InterruptedException {
    int status = process.waitFor();
    // After Ctrl-C both the server and this JVM end. This waits for the JVM's end, so that no
    // failure is reported then.
    Thread.sleep(2_000);
    return failed("Spark ended by itself with status " + status);
  }

  /**
   * Waits until the server answers gRPC. If it ends before, or takes too long, it is stopped and
   * its log stays.
   */
  void awaitReady(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (!listens() || !answers(deadline)) {
        if (!process.isAlive()) {
          throw failed("Spark ended with status " + process.exitValue() + " before it listened");
        }
        if (System.nanoTime() > deadline) {
          throw failed(
              "Spark does not answer on port " + port + " after " + patience.toSeconds() + " s");
        }
        Thread.sleep(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("The wait for Spark was interrupted");
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(settings.host(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The channel is ready when the server has sent its HTTP/2 settings. */
  private boolean answers(long deadline) throws InterruptedException {
    ManagedChannel channel =
        Grpc.newChannelBuilderForAddress(settings.host(), port, InsecureChannelCredentials.create())
            .build();
    try {
      while (System.nanoTime() < deadline) {
        ConnectivityState state = channel.getState(true);
        if (state == ConnectivityState.READY) {
          return process.isAlive();
        } else if (state == ConnectivityState.TRANSIENT_FAILURE) {
          return false;
        }
        Thread.sleep(20);
      }
      return false;
    } finally {
      channel.shutdownNow();
    }
  }

  private LaunchException failed(String what) {
    LogReader log = new LogReader(log());
    LaunchException failure =
        new LaunchException(
            LaunchException.Code.SERVER_FAILED,
            what + log.cause().map(cause -> ": " + cause).orElse("") + " (log: " + logFile + ")",
            log.lastLines(SHOWN_LINES));
    close(false);
    return failure;
  }

  private static String read(Path file) {
    try {
      return Files.isRegularFile(file)
          ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
          : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The settings that the server was started with, by key. */
  public Map<String, String> settings() {
    return settings.asMap();
  }

  /**
   * Stops the server: it is asked to end, and after twenty seconds made to. Deletes what it wrote
   * into folders of its own.
   */
  @Override
  public void close() {
    close(true);
    try {
      Runtime.getRuntime().removeShutdownHook(stopWithJvm);
    } catch (IllegalStateException e) {
      // The JVM is ending already, and the hook finds nothing to do.
    }
  }

  private synchronized void close(boolean deleteFolder) {
    if (closed) {
      return;
    }
    closed = true;
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    // Processes that the server has started, for Python or a local cluster, outlive it if it was
    // killed.
    children.forEach(ProcessHandle::destroy);
    if (deleteFolder) {
      Folders.delete(folder);
    }
  }
}
