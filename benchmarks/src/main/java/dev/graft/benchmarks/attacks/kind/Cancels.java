package dev.graft.benchmarks.attacks.kind;

import io.grpc.CallOptions;
import java.util.Random;
import java.util.UUID;

/** Plans that wait for the backend to tell a schema, when their clients lose interest. */
final class Cancels implements Attack {
  private static final int PLAN_BYTES = 1 << 20;
  private static final int MOST_MILLIS = 20;

  private final Client client;
  private final byte[] request =
      Requests.execute(
          "cancels", UUID.randomUUID().toString(), Requests.asking(Requests.data(PLAN_BYTES)));

  Cancels(Target target) {
    client = new Client(target.port(), target.token());
  }

  @Override
  public void step(Random random) throws InterruptedException {
    Client.Call call = client.call(Requests.EXECUTE, request, CallOptions.DEFAULT, "hang");
    Thread.sleep(random.nextInt(MOST_MILLIS));
    call.cancel();
  }

  @Override
  public void close() {
    client.close();
  }
}
