package dev.graft.benchmarks.attacks.kind;

import java.io.IOException;
import java.util.Random;

/** Watches of the server's health, which need no token and stay for ever. */
final class Watches extends RawAttack {
  private static final int AT_ONCE = 20;

  Watches(Target target) {
    super(target, 50);
  }

  @Override
  void step(RawConnection connection, Random random) throws IOException {
    for (int i = 0; i < AT_ONCE; i++) {
      int stream = connection.call("grpc.health.v1.Health/Watch");
      connection.frame(
          RawConnection.DATA,
          RawConnection.END_STREAM,
          stream,
          RawConnection.message(0, new byte[0]));
    }
    connection.flush();
  }
}
