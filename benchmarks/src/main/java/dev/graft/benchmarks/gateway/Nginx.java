package dev.graft.benchmarks.gateway;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** nginx with {@code grpc_pass}, in a folder of its own. Not safe for use by several threads. */
final class Nginx implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;

  private final Process process;
  private final int port;

  private Nginx(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** The program on the PATH, and where Debian puts it. */
  static Optional<Path> program() {
    String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
    return Arrays.stream(path.split(File.pathSeparator))
        .map(folder -> Path.of(folder, "nginx"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts it before a port of this machine, and waits until it listens. */
  static Nginx start(Path program, Path folder, int backend)
      throws IOException, InterruptedException {
    int port = freePort();
    Path configuration = Files.writeString(folder.resolve("nginx.conf"), text(port, backend));
    Process process =
        new ProcessBuilder(
                program.toString(), "-p", folder.toString(), "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nginx.log").toFile())
            .start();
    // Unlike the JVMs, it does not notice that its parent has ended.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "stop-nginx"));
    Nginx nginx = new Nginx(process, port);
    nginx.awaitListening(folder.resolve("nginx.log"));
    return nginx;
  }

  /** A worker for each processor, no log, connections that stay; otherwise nginx's own defaults. */
  private static String text(int port, int backend) {
    return """
        daemon off;
        worker_processes auto;
        pid nginx.pid;
        error_log stderr warn;
        events { worker_connections 1024; }
        http {
          access_log off;
          keepalive_requests 1000000000;
          client_max_body_size 0;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
          upstream backend { server 127.0.0.1:%d; keepalive 64; keepalive_requests 1000000000; }
          server {
            listen 127.0.0.1:%d http2;
            location / { grpc_pass grpc://backend; grpc_read_timeout 1h; grpc_send_timeout 1h; }
          }
        }
        """
        .formatted(backend, port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitListening(Path log) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          process.destroy();
          throw new IOException("nginx does not listen: " + Files.readString(log), e);
        }
        Thread.sleep(20);
      }
    }
  }

  int port() {
    return port;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Ends it, and waits until it has deleted its own files. */
  @Override
  public void close() {
    process.destroy();
    process
        .onExit()
        .orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .exceptionally(late -> process)
        .join();
  }
}
