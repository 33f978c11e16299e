package dev.graft.benchmarks.attacks.kind;

import java.io.IOException;
import java.util.Random;

/** Whoever has no token, or a wrong one, and calls all the same. */
final class Strangers extends RawAttack {
  private static final int AT_ONCE = 20;

  Strangers(Target target) {
    super(target, 200);
  }

  @Override
  void step(RawConnection connection, Random random) throws IOException {
    for (int i = 0; i < AT_ONCE; i++) {
      int stream =
          random.nextBoolean()
              ? connection.call(Requests.EXECUTE)
              : connection.call(Requests.EXECUTE, "authorization", "Bearer " + random.nextLong());
      connection.frame(
          RawConnection.DATA,
          RawConnection.END_STREAM,
          stream,
          RawConnection.message(100, new byte[100]));
    }
    connection.flush();
  }
}
