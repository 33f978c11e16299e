package dev.graft.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.StringValue;
import dev.graft.servers.ClassPathCache;
import dev.graft.servers.SparkLine;
import dev.graft.servers.SparkRuntime;
import dev.graft.servers.SparkServer;
import dev.graft.servers.SparkServerBuilder;
import dev.graft.testkit.jar.PluginJar;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What clients do with the extensions of a server that has Graft inside: it harms no other client,
 * nothing of it stays, and it writes no more into the log than plain Spark does of a call that
 * fails.
 */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class AttackedInsideIT {
  /** Spark keeps the requests of all of them, which are of 100 KB, for some minutes. */
  private static final int ROUNDS = 4;

  private static final int CALLS = 10;

  /** Does what the first word of its message says. */
  private static final String PLUGIN =
      """
      public class Attacked implements RelationPlugin<StringValue> {
        @Override public Class<StringValue> messageType() { return StringValue.class; }

        @Override public Optional<Relation> transform(StringValue what, PlanningContext context) {
          switch (what.getValue().split(" ")[0]) {
            case "refuse": throw new PlanningException("no");
            case "throw": throw new IllegalStateException(what.getValue());
            case "itself": return Optional.of(Relation.newBuilder().setExtension(Any.pack(what)).build());
            case "wait":
              try {
                Thread.sleep(600_000);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return Optional.empty();
            default:
              return Optional.of(dev.graft.api.node.Nodes.range(1).build());
          }
        }
      }
      """;

  private static final Pattern COUNT =
      Pattern.compile("^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(dev\\.graft\\.\\S+)", Pattern.MULTILINE);

  /** What stays of a server's start and of what runs at the moment, of any class. */
  private static final int OF_ONE_CLASS = 40;

  /**
   * The last refusals are listed for operators, and no more than so many, whoever provokes them.
   */
  private static final String FAILURE = "dev.graft.registry.error.Failure";

  private static final int LISTED_FAILURES = 200;

  @TempDir static Path folder;
  private static final List<AutoCloseable> OPEN = new ArrayList<>();
  private static SparkServer server;
  private static Channel channel;
  private static Path plainLog;
  private static Channel plain;

  @BeforeAll
  static void start() throws Exception {
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    PluginJar.of(PLUGIN)
        .manifest("Graft-Plugin-Id", "attacked")
        .writeTo(plugins.resolve("attacked.jar"));
    SparkRuntime runtime =
        SparkRuntime.ofLine(SparkLine.NEWEST, ClassPathCache.ofUser(), System.out::println);
    server =
        new SparkServerBuilder(runtime, Path.of("target/graft/spark/graft-spark.jar"))
            .master("local[2]")
            .shortLived()
            .setting("spark.driver.memory", "1g")
            .setting("spark.connect.extensions.relation.classes", "acme.Attacked")
            .plugins(plugins)
            .start();
    OPEN.add(server);
    channel = channel(server.address());
    Path plainFolder = Files.createDirectory(folder.resolve("plain"));
    ServerProcess withoutGraft = PlainSpark.start(SparkLine.NEWEST, plainFolder);
    OPEN.add(withoutGraft);
    plainLog = plainFolder.resolve("server.log");
    plain = channel(withoutGraft.address());
  }

  private static Channel channel(String address) {
    ManagedChannel opened =
        Grpc.newChannelBuilder(address.replace("sc://", ""), InsecureChannelCredentials.create())
            .build();
    OPEN.add(opened::shutdownNow);
    return opened;
  }

  @AfterAll
  static void stop() throws Exception {
    for (int last = OPEN.size() - 1; last >= 0; last--) {
      OPEN.get(last).close();
    }
  }

  @Test
  void nothingStaysAndTheNeighbourIsServed() throws Exception {
    Client neighbour = new Client(channel, "neighbour", UUID.randomUUID().toString());
    round(0);
    assertThat(call(neighbour)).isEqualTo("OK: 1 rows; end");
    Map<String, Integer> before = instances();

    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    List<String> calls = new ArrayList<>();
    try {
      Future<?> good =
          threads.submit(
              () -> {
                while (!over.get()) {
                  calls.add(call(neighbour));
                }
              });
      List<Future<?>> rounds = new ArrayList<>();
      for (int number = 1; number <= ROUNDS; number++) {
        int seed = number;
        rounds.add(threads.submit(() -> round(seed)));
      }
      for (Future<?> round : rounds) {
        round.get(5, TimeUnit.MINUTES);
      }
      over.set(true);
      good.get(1, TimeUnit.MINUTES);
    } finally {
      over.set(true);
      threads.shutdownNow();
    }

    assertThat(calls).hasSizeGreaterThan(ROUNDS).containsOnly("OK: 1 rows; end");
    assertThat(server.log()).doesNotContain("OutOfMemoryError");
    assertThat(remains(before)).isEmpty();
    assertThat(call(neighbour)).isEqualTo("OK: 1 rows; end");
  }

  /**
   * A client that does all that is not good, in a session that it releases at the end. Of calls
   * that don't end it makes those that Spark can interrupt, which an analysis is not.
   */
  private static void round(int number) {
    Client client = new Client(channel, "eve", UUID.randomUUID().toString());
    Client impatient =
        new Client(
            ClientInterceptors.intercept(channel, endsAfter(Duration.ofMillis(150))),
            client.user(),
            client.session());
    for (int call = 0; call < CALLS; call++) {
      String many = "x".repeat(100_000) + number + "." + call;
      assertRefused(client, extension("refuse " + many));
      assertRefused(client, extension("throw " + many));
      assertRefused(client, extension("itself " + call));
      assertRefused(client, unknown(many));
      assertThat(client.execute(Client.plan(extension("answer " + many)))).startsWith("OK");
      if (call % 5 == 0) {
        assertThat(impatient.execute(Client.plan(extension("wait " + many))))
            .startsWith("DEADLINE_EXCEEDED");
      }
    }
    client.interruptAll();
    assertThat(client.releaseSession()).isEqualTo("OK: released");
  }

  private static void assertRefused(Client client, Relation relation) {
    assertThat(client.execute(Client.plan(relation))).startsWith("INTERNAL ");
  }

  @Test
  void refusalsWriteNoMoreIntoTheLogThanPlainSparkDoes() throws Exception {
    Relation unknown = unknown("x".repeat(100_000));
    Relation unreadable =
        Relation.newBuilder()
            .setExtension(
                Any.newBuilder()
                    .setTypeUrl("type.googleapis.com/google.protobuf.StringValue")
                    .setValue(ByteString.copyFromUtf8("not a message")))
            .build();
    long ofPlain = logged(plain, plainLog, unknown);

    for (Relation bad :
        List.of(
            unknown, unreadable, extension("refuse"), extension("throw"), extension("itself"))) {
      assertThat(logged(channel, server.logFile(), bad)).isLessThanOrEqualTo(ofPlain * 5 / 4);
    }
  }

  /** The bytes that a refusal writes into the log. */
  private static long logged(Channel to, Path log, Relation bad) throws IOException {
    Client client = new Client(to, "eve", UUID.randomUUID().toString());
    assertRefused(client, bad);
    long before = Files.size(log);
    for (int call = 0; call < CALLS; call++) {
      assertRefused(client, bad);
    }
    return (Files.size(log) - before) / CALLS;
  }

  private static String call(Client client) {
    return client.execute(Client.plan(extension("answer")));
  }

  private static Relation extension(String text) {
    return Relation.newBuilder().setExtension(Any.pack(StringValue.of(text))).build();
  }

  private static Relation unknown(String name) {
    return Relation.newBuilder()
        .setExtension(Any.newBuilder().setTypeUrl("type.googleapis.com/acme." + name))
        .build();
  }

  private static ClientInterceptor endsAfter(Duration limit) {
    return new ClientInterceptor() {
      @Override
      public <A, B> ClientCall<A, B> interceptCall(
          MethodDescriptor<A, B> method, CallOptions options, Channel next) {
        return next.newCall(
            method, options.withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS));
      }
    };
  }

  /** How many objects of each of Graft's classes the server holds, after a full collection. */
  private static Map<String, Integer> instances() throws IOException {
    Map<String, Integer> instances = new LinkedHashMap<>();
    Matcher counts = COUNT.matcher(diagnosed("GC.class_histogram"));
    while (counts.find()) {
      instances.merge(counts.group(2), Integer.parseInt(counts.group(1)), Integer::sum);
    }
    assertThat(instances).as("Graft's objects").isNotEmpty();
    return instances;
  }

  /** What is there of the calls once the server had time to clear up. */
  private static String remains(Map<String, Integer> before)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    String remains;
    do {
      Thread.sleep(500);
      remains = diagnosed("Thread.print").contains("acme.Attacked") ? "a plugin's thread " : "";
      Map<String, Integer> objects = left(before, instances());
      remains += objects.isEmpty() ? "" : objects.toString();
    } while (!remains.isEmpty() && System.nanoTime() < deadline);
    return remains;
  }

  private static Map<String, Integer> left(
      Map<String, Integer> before, Map<String, Integer> after) {
    return after.entrySet().stream()
        .filter(
            ofClass ->
                ofClass.getValue() - before.getOrDefault(ofClass.getKey(), 0)
                    > (ofClass.getKey().equals(FAILURE) ? LISTED_FAILURES : OF_ONE_CLASS))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static String diagnosed(String command) throws IOException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(server.processId()),
                command)
            .redirectErrorStream(true)
            .start();
    return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
