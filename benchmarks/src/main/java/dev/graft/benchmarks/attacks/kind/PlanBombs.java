package dev.graft.benchmarks.attacks.kind;

import io.grpc.CallOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Compressed plans of some kilobytes that become hundreds of megabytes. */
final class PlanBombs implements Attack {
  private static final int AT_ONCE = 16;
  private static final int BYTES = 300 << 20;
  private static final int PATIENCE_SECONDS = 60;

  private final Client client;
  private final byte[] large =
      Requests.execute("bomber", UUID.randomUUID().toString(), Requests.bomb(BYTES));
  private final byte[] smaller =
      Requests.execute("bomber", UUID.randomUUID().toString(), Requests.bomb(BYTES / 10));

  PlanBombs(Target target) {
    client = new Client(target.port(), target.token());
  }

  @Override
  public void step(Random random) throws InterruptedException {
    List<Client.Call> calls = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      byte[] request = random.nextBoolean() ? large : smaller;
      calls.add(client.call(Requests.EXECUTE, request, CallOptions.DEFAULT, ""));
    }
    for (Client.Call call : calls) {
      call.await(PATIENCE_SECONDS);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
