package dev.graft.benchmarks.attacks.kind;

import java.io.IOException;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** An attack over some connections, each of which is made anew where the gateway has ended it. */
abstract class RawAttack implements Attack {
  private final Target target;
  private final @Nullable RawConnection[] connections;

  RawAttack(Target target, int connections) {
    this.target = target;
    this.connections = new RawConnection[connections];
  }

  final Target target() {
    return target;
  }

  @Override
  public final void step(Random random) throws IOException {
    int which = random.nextInt(connections.length);
    RawConnection connection = connections[which];
    if (connection == null) {
      connection = RawConnection.open(target.port());
      connections[which] = connection;
    }
    try {
      step(connection, random);
    } catch (IOException e) {
      connection.close();
      connections[which] = null;
      throw e;
    }
  }

  /** Does a little more over one of the connections. */
  abstract void step(RawConnection connection, Random random) throws IOException;

  @Override
  public final void close() {
    for (RawConnection connection : connections) {
      if (connection != null) {
        connection.close();
      }
    }
  }
}
