package dev.graft.benchmarks.attacks;

import dev.graft.benchmarks.attacks.kind.AttackKind;
import dev.graft.benchmarks.attacks.kind.Requests;
import dev.graft.benchmarks.gateway.ChildProcess;
import dev.graft.servers.Folders;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * All processes: the backend, the attacker, and a gateway with its neighbour, or two, of which the
 * second asks for certificates. Not safe for use by several threads.
 */
final class Arena implements AutoCloseable {
  private final Path folder;
  private final ChildProcess backend;
  private final ChildProcess attacker;
  private final Map<Boolean, Side> sides = new TreeMap<>(); // by whether it is TLS

  /**
   * A gateway with its neighbour.
   *
   * @param name of the gateway
   */
  record Side(String name, AttackedGateway gateway, Neighbour neighbour) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      neighbour.close();
      gateway.close();
    }
  }

  private Arena(Path folder, ChildProcess backend, ChildProcess attacker) {
    this.folder = folder;
    this.backend = backend;
    this.attacker = attacker;
  }

  /**
   * Starts them.
   *
   * @param heapMegabytes the heap of each gateway
   * @param builtin the jar of {@code plugins-builtin}
   * @param kinds of the attacks, of which those on TLS need a gateway of their own
   */
  static Arena open(int heapMegabytes, Path builtin, List<AttackKind> kinds) throws IOException {
    Path folder = Files.createTempDirectory("graft-attacks-");
    Path certificates = folder.resolve("certificates");
    Certificates.writeTo(certificates);
    Requests.writePlugins(folder.resolve("plugins").resolve("attacked.jar"));
    Files.copy(builtin, folder.resolve("plugins").resolve("builtin.jar"));
    Files.writeString(
        folder.resolve("tokens"),
        AttackedGateway.OF_NEIGHBOUR + "\n" + AttackedGateway.OF_ATTACKER + "\n");
    Arena arena =
        new Arena(
            folder,
            ChildProcess.start(AttackedBackend.class, List.of("-Xmx1g")),
            Attacker.start(AttackedGateway.OF_ATTACKER, certificates));
    try {
      for (AttackKind kind : kinds) {
        if (!arena.sides.containsKey(kind.wantsTls())) {
          arena.sides.put(kind.wantsTls(), arena.start(kind.wantsTls(), heapMegabytes));
        }
      }
      return arena;
    } catch (IOException e) {
      arena.close();
      throw e;
    }
  }

  private Side start(boolean tls, int heapMegabytes) throws IOException {
    if (!tls) {
      AttackedGateway gateway =
          AttackedGateway.start(folder, "gateway", heapMegabytes, backend.port(), List.of());
      return new Side(
          "gateway", gateway, new Neighbour(gateway.port(), InsecureChannelCredentials.create()));
    }
    Path certificates = folder.resolve("certificates");
    AttackedGateway gateway =
        AttackedGateway.start(
            folder,
            "gateway-tls",
            heapMegabytes,
            backend.port(),
            List.of(
                "graft.gateway.tls.certificate-file = certificates/server.pem",
                "graft.gateway.tls.key-file = certificates/server.key",
                "graft.gateway.tls.client-ca-file = certificates/authority.pem"));
    ChannelCredentials client =
        TlsChannelCredentials.newBuilder()
            .trustManager(certificates.resolve("authority.pem").toFile())
            .keyManager(
                certificates.resolve("client.pem").toFile(),
                certificates.resolve("client.key").toFile())
            .build();
    return new Side("gateway with mTLS", gateway, new Neighbour(gateway.port(), client));
  }

  /** The gateways. */
  List<Side> sides() {
    return List.copyOf(sides.values());
  }

  /** The gateway that a kind of attack is for. */
  Side side(AttackKind kind) {
    return Objects.requireNonNull(sides.get(kind.wantsTls()));
  }

  /** Begins an attack. */
  void begin(AttackKind kind, long seed) throws IOException {
    attacker.ask("begin " + kind.label() + " " + seed + " " + side(kind).gateway().port());
  }

  /**
   * Ends an attack.
   *
   * @return how many steps there were and how many were refused
   */
  String end(AttackKind kind) throws IOException {
    return attacker.ask("end " + kind.label());
  }

  @Override
  public void close() throws IOException {
    attacker.close();
    for (Side side : sides.values()) {
      side.close();
    }
    backend.close();
    Folders.delete(folder);
  }
}
