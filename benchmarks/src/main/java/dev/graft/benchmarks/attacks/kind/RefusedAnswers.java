package dev.graft.benchmarks.attacks.kind;

import io.grpc.CallOptions;
import java.util.Random;

/** Commands with large answers in another's name, all of which the backend refuses. */
final class RefusedAnswers implements Attack {
  private static final int BYTES = 9 << 20;
  private static final int PATIENCE_SECONDS = 60;

  private final Client client;
  private final byte[] request = Requests.execute("neighbour", "neighbour", Requests.saying(BYTES));

  RefusedAnswers(Target target) {
    client = new Client(target.port(), target.token());
  }

  @Override
  public void step(Random random) throws InterruptedException {
    client.call(Requests.EXECUTE, request, CallOptions.DEFAULT, "refuse").await(PATIENCE_SECONDS);
  }

  @Override
  public void close() {
    client.close();
  }
}
