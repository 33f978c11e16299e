package dev.graft.benchmarks.attacks.kind;

import io.grpc.CallOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/** Plans of many users whose questions for schemas are never answered. */
final class HangingSchemas implements Attack {
  private static final int CONNECTIONS = 4;
  private static final int MOST = 400;
  private static final int PAUSE_MILLIS = 5;

  private final List<Client> clients;
  private final List<Client.Call> calls = new ArrayList<>();

  HangingSchemas(Target target) {
    clients =
        Stream.generate(() -> new Client(target.port(), target.token()))
            .limit(CONNECTIONS)
            .toList();
  }

  @Override
  public void step(Random random) throws InterruptedException {
    calls.removeIf(call -> call.status().isDone());
    if (calls.size() < MOST) {
      byte[] request =
          Requests.execute(
              "user " + random.nextInt(100),
              UUID.randomUUID().toString(),
              Requests.asking(Requests.table("never")));
      calls.add(
          clients
              .get(random.nextInt(CONNECTIONS))
              .call(Requests.EXECUTE, request, CallOptions.DEFAULT, "hang"));
    }
    Thread.sleep(PAUSE_MILLIS);
  }

  @Override
  public void close() {
    clients.forEach(Client::close);
  }
}
