package dev.graft.benchmarks.gateway;

import dev.graft.benchmarks.build.BuildFolder;
import dev.graft.benchmarks.table.Series;
import dev.graft.gateway.proxy.BytesMarshaller;
import dev.graft.servers.ClassPathCache;
import dev.graft.servers.Progress;
import dev.graft.servers.SparkLine;
import dev.graft.servers.SparkRuntime;
import dev.graft.servers.SparkServer;
import dev.graft.servers.SparkServerBuilder;
import io.grpc.CallOptions;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.SQL;
import org.apache.spark.connect.proto.UserContext;

/** Whole queries against Spark 4.2, direct and through a gateway, in turns. */
final class SparkQueries {
  /** What the table calls a query, and its text. */
  private static final Map<String, String> QUERIES = new LinkedHashMap<>();

  static {
    QUERIES.put("`SELECT 1`", "SELECT 1");
    QUERIES.put(
        "grouping 20 million rows",
        "SELECT id % 100 AS k, count(*), sum(id * id % 7) FROM range(20000000) GROUP BY k");
    QUERIES.put(
        "fetching 2 million rows (32 MB)",
        "SELECT id, hash(id) AS h, id % 7 AS k FROM range(2000000)");
  }

  private static final MethodDescriptor<byte[], byte[]> EXECUTE =
      MethodDescriptor.newBuilder(BytesMarshaller.INSTANCE, BytesMarshaller.INSTANCE)
          .setFullMethodName("spark.connect.SparkConnectService/ExecutePlan")
          .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
          .build();

  private SparkQueries() {}

  /**
   * The times of one query in milliseconds.
   *
   * @param direct without anything between
   * @param through with the gateway between; as many, each measured next to one of {@code direct}
   */
  record Times(Series direct, Series through) {}

  /** Measures each query, by its title, after it has been run for a time. */
  static Map<String, Times> measure(Duration warmUp, int pairs) throws IOException {
    SparkRuntime runtime =
        SparkRuntime.ofLine(SparkLine.SPARK_4_2, ClassPathCache.ofUser(), Progress.none());
    try (SparkServer spark =
            new SparkServerBuilder(runtime, BuildFolder.sparkJar()).master("local[2]").start();
        ChildProcess gateway = Routes.gateway(spark.address())) {
      ManagedChannel direct = connect(spark.port());
      ManagedChannel through = connect(gateway.port());
      try {
        Map<String, Times> times = new LinkedHashMap<>();
        QUERIES.forEach(
            (title, sql) -> times.put(title, times(direct, through, sql, warmUp, pairs)));
        return times;
      } finally {
        direct.shutdownNow();
        through.shutdownNow();
      }
    }
  }

  private static ManagedChannel connect(int port) {
    return NettyChannelBuilder.forAddress("127.0.0.1", port, InsecureChannelCredentials.create())
        .maxInboundMessageSize(Integer.MAX_VALUE)
        .build();
  }

  private static Times times(
      ManagedChannel direct, ManagedChannel through, String sql, Duration warmUp, int pairs) {
    String session = UUID.randomUUID().toString();
    for (long end = System.nanoTime() + warmUp.toNanos(); System.nanoTime() < end; ) {
      run(direct, sql, session);
      run(through, sql, session);
    }
    double[] first = new double[pairs];
    double[] second = new double[pairs];
    for (int i = 0; i < pairs; i++) {
      if (i % 2 == 0) {
        first[i] = run(direct, sql, session);
        second[i] = run(through, sql, session);
      } else {
        second[i] = run(through, sql, session);
        first[i] = run(direct, sql, session);
      }
    }
    return new Times(new Series(first), new Series(second));
  }

  private static double run(ManagedChannel channel, String sql, String session) {
    ExecutePlanRequest request =
        ExecutePlanRequest.newBuilder()
            .setSessionId(session)
            .setUserContext(UserContext.newBuilder().setUserId("benchmark"))
            .setPlan(
                Plan.newBuilder()
                    .setRoot(Relation.newBuilder().setSql(SQL.newBuilder().setQuery(sql))))
            .build();
    long begin = System.nanoTime();
    Iterator<byte[]> responses =
        ClientCalls.blockingServerStreamingCall(
            channel, EXECUTE, CallOptions.DEFAULT, request.toByteArray());
    responses.forEachRemaining(response -> {});
    return (System.nanoTime() - begin) / 1e6;
  }
}
