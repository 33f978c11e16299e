package dev.graft.benchmarks.attacks.kind;

import io.grpc.CallOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Streams that could be fast, and are read a message at a time. */
final class SlowReaders implements Attack {
  private static final int CONNECTIONS = 16;
  private static final int STREAMS = 128;
  private static final int PAUSE_MILLIS = 2;

  private final List<Client> clients = new ArrayList<>();
  private final List<Client.Call> streams = new ArrayList<>();
  private final byte[] request =
      Requests.execute("reader", UUID.randomUUID().toString(), Requests.table("long"));

  SlowReaders(Target target) {
    for (int i = 0; i < CONNECTIONS; i++) {
      clients.add(new Client(target.port(), target.token()));
    }
  }

  @Override
  public void step(Random random) throws InterruptedException {
    if (streams.size() < STREAMS) {
      Client client = clients.get(streams.size() % CONNECTIONS);
      streams.add(client.call(Requests.EXECUTE, request, CallOptions.DEFAULT, "flood", 1));
    } else if (random.nextInt(200) == 0) {
      streams.remove(random.nextInt(STREAMS)).cancel();
    } else {
      streams.get(random.nextInt(STREAMS)).more();
    }
    Thread.sleep(PAUSE_MILLIS);
  }

  @Override
  public void close() {
    clients.forEach(Client::close);
  }
}
