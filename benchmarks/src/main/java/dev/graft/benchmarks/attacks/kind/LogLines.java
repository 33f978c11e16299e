package dev.graft.benchmarks.attacks.kind;

import java.io.IOException;
import java.util.Random;

/** Calls without a token whose headers cannot be read, which is worth a line in a log. */
final class LogLines extends RawAttack {
  private static final int AT_ONCE = 20;

  LogLines(Target target) {
    super(target, 4);
  }

  @Override
  void step(RawConnection connection, Random random) throws IOException {
    for (int i = 0; i < AT_ONCE; i++) {
      int stream =
          switch (random.nextInt(3)) {
            case 0 -> connection.call(Requests.EXECUTE, "grpc-timeout", "1X");
            case 1 -> connection.call(Requests.EXECUTE, "odd-bin", "***");
            default ->
                connection.call(Requests.EXECUTE, "grpc-encoding", "acme" + random.nextInt());
          };
      connection.frame(
          RawConnection.DATA,
          RawConnection.END_STREAM,
          stream,
          RawConnection.message(1, new byte[1]));
    }
    connection.flush();
  }
}
