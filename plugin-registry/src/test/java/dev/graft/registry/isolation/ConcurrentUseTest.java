package dev.graft.registry.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.registry.Snapshot;
import dev.graft.registry.testkit.TestRequest;
import dev.graft.registry.testkit.TestServer;
import dev.graft.testkit.jar.PluginJar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many requests at once, while the classes behind them are still being loaded. */
class ConcurrentUseTest {
  private static final int THREADS = 8;

  @TempDir Path folder;
  private final ExecutorService requests = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void stop() {
    requests.shutdownNow();
  }

  /**
   * Lets all threads begin at the same moment; fails where one does not come back within seconds.
   */
  private List<String> atOnce(IntFunction<String> request) throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Future<String>> running = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      running.add(
          requests.submit(
              () -> {
                start.await();
                return request.apply(thread);
              }));
    }
    List<String> answers = new ArrayList<>();
    for (Future<String> future : running) {
      answers.add(future.get(10, TimeUnit.SECONDS));
    }
    return answers;
  }

  @Test
  void manyThreadsShareOnePluginAndItsCounters() throws Exception {
    PluginJar jar =
        PluginJar.of(
            """
            public class Counting implements ExtensionPlugin {
              private final java.util.concurrent.atomic.AtomicInteger calls = new java.util.concurrent.atomic.AtomicInteger();
              public ExtensionKind kind() { return ExtensionKind.RELATION; }
              public Set<String> messageNames() { return Set.of("acme.v1.Counting"); }
              public Optional<Answer> answer(Extension extension, HostContext context) {
                return Optional.of(new Answer.Node(String.valueOf(calls.incrementAndGet()).getBytes()));
              }
            }
            """);
    Snapshot snapshot =
        new TestServer(folder).install("a.jar", jar).relations("acme.Counting").start();

    atOnce(
        thread -> {
          for (int i = 0; i < 1000; i++) {
            TestServer.send(snapshot, TestRequest.relation("acme.v1.Counting"));
          }
          return "done";
        });

    assertThat(snapshot.index().plugins().get(0).counters().all().accepted())
        .isEqualTo(THREADS * 1000L);
    assertThat(TestServer.answer(snapshot, TestRequest.relation("acme.v1.Counting")))
        .isEqualTo(String.valueOf(THREADS * 1000 + 1));
  }

  /**
   * A plugin whose first call loads classes that lead to one another in both directions, and
   * messages of the shared realm.
   */
  private static PluginJar entangled(String name) {
    return PluginJar.of(
        """
        public class %s implements RelationPlugin<StringValue> {
          public Class<StringValue> messageType() { return StringValue.class; }
          public Optional<Relation> transform(StringValue message, PlanningContext context) {
            Base left = message.getValue().startsWith("left") ? new Left() : new Right();
            return Optional.of(Relation.newBuilder()
                .setSql(org.apache.spark.connect.proto.SQL.newBuilder().setQuery(left.other().text() + left.text()))
                .build());
          }
        }
        """
            .formatted(name),
        "abstract class Base { abstract Base other(); abstract String text(); }",
        """
        class Left extends Base {
          Base other() { return new Right(); }
          String text() { return org.apache.spark.connect.proto.Limit.getDefaultInstance().toString() + "L"; }
        }
        """,
        """
        class Right extends Base {
          Base other() { return new Left(); }
          String text() { return org.apache.spark.connect.proto.Project.getDefaultInstance().toString() + "R"; }
        }
        """);
  }

  @Test
  void classesThatLeadToOneAnotherAreLoadedFromBothEndsWithoutADeadlock() throws Exception {
    for (int round = 0; round < 5; round++) {
      // Loaders are new in every round, so each one begins with nothing loaded.
      Snapshot snapshot =
          new TestServer(folder.resolve("round" + round))
              .install("a.jar", entangled("Entangled"))
              .relations("acme.Entangled")
              .start();

      List<String> answers =
          atOnce(
              thread ->
                  TestServer.answer(
                      snapshot,
                      TestRequest.relation(
                          "type.googleapis.com/google.protobuf.StringValue",
                          thread % 2 == 0 ? "\n\4left" : "\n\5right")));

      assertThat(answers)
          .allSatisfy(answer -> assertThat(answer).containsAnyOf("LR", "RL"))
          .hasSize(THREADS);
    }
  }

  @Test
  void twoServersLoadTheSameFolderAtOnce() throws Exception {
    TestServer server =
        new TestServer(folder).install("a.jar", entangled("Entangled")).relations("acme.Entangled");

    List<String> loaded = atOnce(thread -> String.join(",", TestServer.loaded(server.start())));

    assertThat(loaded).containsOnly("acme.Entangled");
  }
}
