package dev.graft.benchmarks.attacks;

import dev.graft.benchmarks.attacks.kind.Client;
import dev.graft.benchmarks.attacks.kind.Requests;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * The client that behaves: it has a token and a connection, and makes small calls, of which each
 * third has an extension to be lowered. They begin at fixed intervals, whether or not those before
 * have ended, so that a gateway that stands still shows in the times of all of them. Once a second
 * it also makes a call over a new connection, which counts if it fails, but not for the times.
 */
final class Neighbour implements AutoCloseable {
  private static final long INTERVAL_NANOS = TimeUnit.MICROSECONDS.toNanos(2_500);
  private static final int PATIENCE_SECONDS = 30;
  private static final String SESSION = "neighbour";

  private final int port;
  private final ChannelCredentials credentials;
  private final Client client;
  private final List<byte[]> executions =
      List.of(
          Requests.execute(SESSION, SESSION, Requests.table("cities")),
          Requests.execute(SESSION, SESSION, Requests.extension(Requests.table("cities"))));
  private final byte[] question = Requests.schema(SESSION, SESSION, Requests.table("cities"));
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();

  Neighbour(int port, ChannelCredentials credentials) {
    this.port = port;
    this.credentials = credentials;
    this.client = new Client(port, AttackedGateway.OF_NEIGHBOUR, credentials);
  }

  /** Makes calls for some seconds. Waits for their ends. */
  Latencies call(double seconds) throws InterruptedException {
    Queue<Long> nanos = new ConcurrentLinkedQueue<>();
    List<Client.Call> calls = new ArrayList<>();
    List<Client> fresh = new ArrayList<>();
    long begin = System.nanoTime();
    long end = begin + (long) (seconds * 1e9);
    int number = 0;
    for (long next = begin; next < end; next += INTERVAL_NANOS, number++) {
      long wait = next - System.nanoTime();
      if (wait > 0) {
        TimeUnit.NANOSECONDS.sleep(wait);
      }
      long begun = System.nanoTime();
      Client.Call call = call(client, number);
      CompletableFuture<?> unused =
          call.status()
              .thenAccept(
                  status -> {
                    nanos.add(System.nanoTime() - begun);
                    note(status, "");
                  });
      calls.add(call);
      if (number % (TimeUnit.SECONDS.toNanos(1) / INTERVAL_NANOS) == 0) {
        Client another = new Client(port, AttackedGateway.OF_NEIGHBOUR, credentials);
        fresh.add(another);
        Client.Call first = call(another, 0);
        CompletableFuture<?> unusedToo =
            first.status().thenAccept(status -> note(status, "over a new connection: "));
        calls.add(first);
      }
    }
    calls.forEach(call -> call.status().join());
    fresh.forEach(Client::close);
    return new Latencies(nanos.stream().mapToLong(Long::longValue).toArray());
  }

  private Client.Call call(Client over, int number) {
    CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    int which = number % 3;
    return which == 2
        ? over.call(Requests.ANALYZE, question, options, "")
        : over.call(Requests.EXECUTE, executions.get(which), options, "");
  }

  private void note(Status status, String where) {
    if (!status.isOk()) {
      failures.add(where + status.getCode() + ": " + status.getDescription());
    }
  }

  /** How calls failed since this was last asked. */
  List<String> takeFailures() {
    List<String> taken = new ArrayList<>();
    for (String failure = failures.poll(); failure != null; failure = failures.poll()) {
      taken.add(failure);
    }
    return taken;
  }

  @Override
  public void close() {
    client.close();
  }
}
