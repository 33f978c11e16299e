package dev.graft.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.frames.v1.Summarize;
import com.google.protobuf.Any;
import dev.graft.api.node.Nodes;
import dev.graft.gateway.BackendAddress;
import dev.graft.gateway.Gateway;
import dev.graft.gateway.GatewaySettings;
import dev.graft.servers.ClassPathCache;
import dev.graft.servers.SparkLine;
import dev.graft.servers.SparkRuntime;
import dev.graft.servers.SparkServer;
import dev.graft.servers.SparkServerBuilder;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.SQL;
import org.apache.spark.connect.proto.SqlCommand;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whoever names another's user, session and operations in any call gets nothing through Graft, and
 * breaks nothing, that plain Spark would not let them: each call is made to plain Spark first, then
 * to a gateway before it, to one that wants tokens, and to Spark with Graft inside.
 */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class ClaimedIdsIT {
  private static final String TOKENS = "through a gateway with tokens";

  /** What is named of another's. */
  private enum Claim {
    /** The session and its operations, by a user of another name. */
    SESSION,
    /** The operations, by another user in another session. */
    OPERATIONS,
    /** The user, the session and the operations. */
    ALL
  }

  private static final Relation PRICES =
      Nodes.rows("price int", Nodes.row(3), Nodes.row(4)).build();

  private static final Command PLAIN =
      Command.newBuilder()
          .setSqlCommand(
              SqlCommand.newBuilder()
                  .setInput(
                      Relation.newBuilder().setSql(SQL.newBuilder().setQuery("SHOW FUNCTIONS"))))
          .build();

  private static final Command EXTENSION =
      Command.newBuilder()
          .setExtension(
              Any.pack(Summarize.newBuilder().setInput(PRICES).setColumn("price").build()))
          .build();

  /** A way to use what is another's: by the intruder, and whose things they are. */
  private interface Use extends BiFunction<Client, Victim, String> {}

  /** In an order in which none takes away what a later one needs, as far as that can be. */
  private static final Map<String, Use> USES = new LinkedHashMap<>();

  static {
    USES.put("ReattachExecute", (client, other) -> client.reattach(other.rows));
    USES.put("ReattachExecute of a command", (client, other) -> client.reattach(other.command));
    USES.put("FetchErrorDetails", (client, other) -> client.errorDetails(other.errorId));
    USES.put("GetStatus", (client, other) -> client.status(other.rows));
    USES.put("ExecutePlan", (client, other) -> client.execute(Client.table(Victim.VIEW)));
    USES.put(
        "ExecutePlan as the same operation",
        (client, other) -> client.execute(Client.table(Victim.VIEW), other.rows));
    USES.put(
        "ExecutePlan of a command as the same operation",
        (client, other) -> client.execute(Client.plan(other.ownCommand), other.command));
    USES.put("AnalyzePlan", (client, other) -> client.analyze(Client.table(Victim.VIEW)));
    USES.put("Config get", (client, other) -> client.setting(Victim.SETTING));
    USES.put("Config getAll", (client, other) -> client.settings("acme."));
    USES.put("ArtifactStatus", (client, other) -> client.fileStatus(Victim.FILE));
    USES.put("CloneSession", (client, other) -> client.cloneSession());
    USES.put("AddArtifacts", (client, other) -> client.addFile("files/new.txt", "of eve"));
    USES.put(
        "AddArtifacts over another's", (client, other) -> client.addFile(Victim.FILE, "of eve"));
    USES.put("Config set", (client, other) -> client.set(Victim.SETTING, "of eve"));
    USES.put("Interrupt", (client, other) -> client.interrupt(other.rows));
    USES.put("Interrupt by tag", (client, other) -> client.interruptTag("tag-of-ada"));
    USES.put("Interrupt of all", (client, other) -> client.interruptAll());
    USES.put(
        "ReleaseExecute until a response",
        (client, other) -> client.releaseUntil(other.rows, UUID.randomUUID().toString()));
    USES.put("ReleaseExecute", (client, other) -> client.releaseAll(other.rows));
    USES.put("ReleaseExecute of a command", (client, other) -> client.releaseAll(other.command));
    USES.put("ReleaseSession", (client, other) -> client.releaseSession());
  }

  /** A server, and how its clients come to it. */
  private record Way(String name, Channel ofVictim, Channel ofIntruder, Command command) {
    Intrusion intrusion(Claim claim) {
      Victim victim = new Victim(new Client(ofVictim, "", ""), command);
      Client intruder =
          switch (claim) {
            case SESSION -> new Client(ofIntruder, "eve", victim.client.session());
            case OPERATIONS -> new Client(ofIntruder, "eve", UUID.randomUUID().toString());
            case ALL -> new Client(ofIntruder, "ada", victim.client.session());
          };
      return new Intrusion(name, intruder, victim);
    }
  }

  /** One client names what is another's, on one way. */
  private record Intrusion(String way, Client intruder, Victim victim) {
    Outcome outcome(Use use) {
      return new Outcome(use.apply(intruder, victim), victim.state());
    }
  }

  /**
   * What came of it.
   *
   * @param told to the intruder
   * @param after what the other then found of her own
   */
  private record Outcome(String told, String after) {}

  @TempDir static Path folder;
  private static final List<AutoCloseable> OPEN = new ArrayList<>();
  private static Way plain;
  private static Way withoutToken;
  private static List<Way> ways;

  @BeforeAll
  static void start() throws Exception {
    ServerProcess spark =
        opened(PlainSpark.start(SparkLine.NEWEST, Files.createDirectory(folder.resolve("spark"))));
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    Path frames = Path.of("../plugin-examples/portable/target/acme-frames-1.0.0.jar");
    Files.copy(frames, plugins.resolve("acme-frames.jar"));
    Path tokens = Files.writeString(folder.resolve("tokens"), "token-of-ada\ntoken-of-eve\n");
    SparkServer inside =
        opened(
            new SparkServerBuilder(
                    SparkRuntime.ofLine(
                        SparkLine.NEWEST, ClassPathCache.ofUser(), System.out::println),
                    Path.of("target/graft/spark/graft-spark.jar"))
                .master("local[2]")
                .shortLived()
                .setting("spark.driver.memory", "1g")
                .setting("spark.graft.plugins.discovery", "services")
                .plugins(plugins)
                .start());
    Channel direct = channel(spark.address());
    Channel through = channel(gateway(spark, plugins, Map.of()).address());
    Channel checked =
        channel(
            gateway(spark, plugins, Map.of("graft.gateway.token-file", tokens.toString()))
                .address());
    Channel withGraft = channel(inside.address());
    plain = new Way("plain Spark", direct, direct, PLAIN);
    withoutToken = new Way("without a token", bearing("token-of-ada", checked), checked, EXTENSION);
    ways =
        List.of(
            new Way("through a gateway", through, through, EXTENSION),
            new Way(
                TOKENS,
                bearing("token-of-ada", checked),
                bearing("token-of-eve", checked),
                EXTENSION),
            new Way("with Graft inside", withGraft, withGraft, EXTENSION));
  }

  private static Gateway gateway(ServerProcess backend, Path plugins, Map<String, String> more) {
    Map<String, String> entries = new HashMap<>(more);
    entries.put("graft.gateway.port", "0");
    entries.put("graft.gateway.drain-seconds", "1");
    entries.put("graft.plugins.path", plugins.toString());
    entries.put("graft.plugins.discovery", "services");
    return opened(
        Gateway.start(
            GatewaySettings.parse(entries), entries, BackendAddress.parse(backend.address())));
  }

  private static Channel channel(String address) {
    ManagedChannel channel =
        Grpc.newChannelBuilder(address.replace("sc://", ""), InsecureChannelCredentials.create())
            .build();
    OPEN.add(channel::shutdownNow);
    return channel;
  }

  private static Channel bearing(String token, Channel channel) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static <T extends AutoCloseable> T opened(T closeable) {
    OPEN.add(closeable);
    return closeable;
  }

  @AfterAll
  static void stop() throws Exception {
    for (int last = OPEN.size() - 1; last >= 0; last--) {
      OPEN.get(last).close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void nobodyGetsMoreThanFromPlainSpark(Claim claim) {
    Intrusion bySpark = plain.intrusion(claim);
    List<Intrusion> intrusions = ways.stream().map(way -> way.intrusion(claim)).toList();
    SoftAssertions softly = new SoftAssertions();
    USES.forEach(
        (name, use) -> {
          Outcome allowed = bySpark.outcome(use);
          for (Intrusion intrusion : intrusions) {
            softly
                .assertThat(intrusion.outcome(use))
                .as(name + ", " + intrusion.way())
                .isIn(allowed, stricter(allowed, intrusion, name));
          }
        });
    softly.assertAll();
  }

  /** The answer to an extension is for who has shown the same token. */
  private static Outcome stricter(Outcome allowed, Intrusion intrusion, String use) {
    if (!intrusion.way().equals(TOKENS)) {
      return allowed;
    }
    return switch (use) {
      case "ReattachExecute of a command" ->
          new Outcome("INTERNAL GRAFT_ANSWER_LOST", allowed.after());
      case "ExecutePlan of a command as the same operation" ->
          new Outcome("INTERNAL INVALID_HANDLE.OPERATION_ALREADY_EXISTS", allowed.after());
      default -> allowed;
    };
  }

  @Test
  void whoHasNoTokenIsNotEvenHeard() {
    Intrusion intrusion = withoutToken.intrusion(Claim.ALL);
    String before = intrusion.victim().state();

    USES.forEach(
        (name, use) ->
            assertThat(intrusion.outcome(use))
                .as(name)
                .isEqualTo(new Outcome("UNAUTHENTICATED", before)));
  }
}
