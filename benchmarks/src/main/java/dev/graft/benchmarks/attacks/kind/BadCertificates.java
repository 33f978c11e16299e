package dev.graft.benchmarks.attacks.kind;

import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Calls with certificates that are expired, of another authority or missing; half handshakes. */
final class BadCertificates implements Attack {
  private static final int PATIENCE_SECONDS = 30;
  private static final int MOST_HALF = 200;

  /** The head of a record that says what TLS begins with, and the first of 508 bytes. */
  private static final byte[] HALF_A_HELLO = {0x16, 3, 1, 1, -4, 1};

  private final Target target;
  private final Deque<RawConnection> half = new ArrayDeque<>();

  BadCertificates(Target target) {
    this.target = target;
  }

  @Override
  public void step(Random random) throws IOException, InterruptedException {
    int which = random.nextInt(4);
    if (which == 3) {
      halfBegin();
      return;
    }
    try (Client client = new Client(target.port(), target.token(), credentials(which))) {
      client
          .call(
              Requests.EXECUTE,
              Requests.execute("stranger", "stranger", Requests.table("cities")),
              CallOptions.DEFAULT,
              "")
          .await(PATIENCE_SECONDS);
    }
  }

  private ChannelCredentials credentials(int which) throws IOException {
    TlsChannelCredentials.Builder builder =
        TlsChannelCredentials.newBuilder()
            .trustManager(target.certificates().resolve("authority.pem").toFile());
    if (which < 2) {
      String name = List.of("expired", "foreign").get(which);
      Path chain = target.certificates().resolve(name + ".pem");
      builder.keyManager(chain.toFile(), chain.resolveSibling(name + ".key").toFile());
    }
    return builder.build();
  }

  private void halfBegin() throws IOException {
    if (half.size() >= MOST_HALF) {
      half.remove().close();
    }
    RawConnection connection = RawConnection.silent(target.port());
    half.add(connection);
    connection.bytes(HALF_A_HELLO);
    connection.flush();
  }

  @Override
  public void close() {
    half.forEach(RawConnection::close);
  }
}
