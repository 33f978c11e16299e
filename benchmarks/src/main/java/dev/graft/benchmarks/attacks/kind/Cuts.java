package dev.graft.benchmarks.attacks.kind;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/**
 * Connections that end in the middle of something: headers, a frame, a message. Some are reset,
 * others only close their sending side, and wait.
 */
final class Cuts implements Attack {
  private static final int CLAIMED_BYTES = 20 << 20;
  private static final int FRAME_BYTES = 16 << 10;
  private static final int MOST_WAITING = 100;

  private final Target target;
  private final Deque<RawConnection> waiting = new ArrayDeque<>();

  Cuts(Target target) {
    this.target = target;
  }

  @Override
  public void step(Random random) throws IOException {
    RawConnection connection = RawConnection.open(target.port());
    try {
      byte[] headers =
          RawConnection.headers(Requests.EXECUTE, "authorization", "Bearer " + target.token());
      int stream = connection.nextStream();
      if (random.nextInt(4) == 0) {
        connection.head(
            RawConnection.HEADERS, RawConnection.END_HEADERS, stream, headers.length + 100);
        connection.bytes(headers);
      } else {
        connection.frame(RawConnection.HEADERS, RawConnection.END_HEADERS, stream, headers);
        connection.frame(
            RawConnection.DATA,
            0,
            stream,
            RawConnection.message(CLAIMED_BYTES, new byte[random.nextInt(FRAME_BYTES - 5)]));
        connection.head(RawConnection.DATA, 0, stream, FRAME_BYTES);
        connection.bytes(new byte[random.nextInt(FRAME_BYTES)]);
      }
      if (random.nextBoolean()) {
        connection.cut();
        return;
      }
      connection.endOutput();
      waiting.add(connection);
      if (waiting.size() > MOST_WAITING) {
        waiting.remove().close();
      }
    } catch (IOException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public void close() {
    waiting.forEach(RawConnection::close);
  }
}
