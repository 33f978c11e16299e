package dev.graft.benchmarks.attacks.kind;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/** More connections than there may be, which begin, or half begin, and then are silent. */
final class IdleConnections implements Attack {
  private static final int MOST = 1_500;
  private static final int AT_ONCE = 20;
  private static final int PAUSE_MILLIS = 20;

  private final Target target;
  private final Deque<RawConnection> open = new ArrayDeque<>();

  IdleConnections(Target target) {
    this.target = target;
  }

  @Override
  public void step(Random random) throws IOException, InterruptedException {
    for (int i = 0; i < AT_ONCE; i++) {
      if (open.size() >= MOST) {
        open.remove().close();
      }
      if (random.nextInt(3) == 0) {
        open.add(RawConnection.open(target.port()));
        continue;
      }
      RawConnection connection = RawConnection.silent(target.port());
      open.add(connection);
      connection.beginning(random.nextInt(30));
      if (random.nextInt(4) == 0) {
        connection.endOutput();
      }
    }
    Thread.sleep(PAUSE_MILLIS);
  }

  @Override
  public void close() {
    open.forEach(RawConnection::close);
  }
}
