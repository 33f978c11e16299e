package dev.graft.benchmarks.attacks.kind;

import io.grpc.CallOptions;
import java.util.Random;
import java.util.UUID;
import org.apache.spark.connect.proto.Relation;

/** A built-in extension in itself, many times over, small or large. */
final class NestedRowNumbers implements Attack {
  private static final int MOST_LEVELS = 40;
  private static final int MOST_BYTES = 10 << 20;
  private static final int PATIENCE_SECONDS = 60;

  private final Client client;

  NestedRowNumbers(Target target) {
    client = new Client(target.port(), target.token());
  }

  @Override
  public void step(Random random) throws InterruptedException {
    Relation relation =
        random.nextBoolean() ? Requests.table("cities") : Requests.data(random.nextInt(MOST_BYTES));
    for (int level = 1 + random.nextInt(MOST_LEVELS); level > 0; level--) {
      relation = Requests.rowNumber(relation);
    }
    byte[] request = Requests.schema("nested", UUID.randomUUID().toString(), relation);
    client.call(Requests.ANALYZE, request, CallOptions.DEFAULT, "").await(PATIENCE_SECONDS);
  }

  @Override
  public void close() {
    client.close();
  }
}
