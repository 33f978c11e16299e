package dev.graft.benchmarks.gateway;

import dev.graft.servers.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A backend and the proxies before it. Not safe for use by several threads. */
final class Routes implements AutoCloseable {
  private static final List<String> HEAP = List.of("-Xmx1g");

  private final ChildProcess backend;
  private final ChildProcess gateway;
  private final ChildProcess plain;
  private final Optional<Nginx> nginx;
  private final Path folder;

  private Routes(
      ChildProcess backend,
      ChildProcess gateway,
      ChildProcess plain,
      Optional<Nginx> nginx,
      Path folder) {
    this.backend = backend;
    this.gateway = gateway;
    this.plain = plain;
    this.nginx = nginx;
    this.folder = folder;
  }

  /** Starts all processes; without nginx, where there is none on the PATH. */
  static Routes open() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("graft-benchmark-");
    ChildProcess backend = ChildProcess.start(BackendProcess.class, HEAP);
    Optional<Path> program = Nginx.program();
    return new Routes(
        backend,
        gateway("sc://127.0.0.1:" + backend.port()),
        ChildProcess.start(PlainProxyProcess.class, HEAP, Integer.toString(backend.port())),
        program.isPresent()
            ? Optional.of(Nginx.start(program.get(), folder, backend.port()))
            : Optional.empty(),
        folder);
  }

  /** A gateway before some server. */
  static ChildProcess gateway(String backend) throws IOException {
    return ChildProcess.start(GatewayProcess.class, HEAP, backend);
  }

  /** All ways that are there, direct first. */
  List<Route> all() {
    List<Route> routes = new ArrayList<>();
    routes.add(direct());
    routes.add(throughGateway());
    nginx.ifPresent(
        running -> routes.add(new Route(Way.NGINX, running.port(), Optional.of(running.handle()))));
    routes.add(new Route(Way.PLAIN, plain.port(), Optional.of(plain.handle())));
    return routes;
  }

  Route direct() {
    return new Route(Way.DIRECT, backend.port(), Optional.empty());
  }

  Route throughGateway() {
    return new Route(Way.GATEWAY, gateway.port(), Optional.of(gateway.handle()));
  }

  @Override
  public void close() {
    plain.close();
    nginx.ifPresent(Nginx::close);
    gateway.close();
    backend.close();
    Folders.delete(folder);
  }
}
