package dev.graft.cli.gateway;

import static dev.graft.cli.gateway.CountingServers.PLAN;
import static dev.graft.cli.gateway.CountingServers.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.cli.python.Pytest;
import dev.graft.cli.python.PythonEnvironment;
import dev.graft.gateway.Gateway;
import dev.graft.servers.SparkLine;
import dev.graft.servers.SparkServer;
import dev.graft.testkit.jar.AuthorClassPath;
import dev.graft.testkit.jar.PluginJar;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Plugin jars that clients add to their sessions as artifacts, inside Spark: what is on one line is
 * here tried on each way in which Graft answers.
 */
class SessionPluginsIT {
  private static final Path PYTHON = Path.of("src/test/python-sessions").toAbsolutePath();
  private static final int SESSIONS = 50;
  private static final int CALLERS = 8;

  /** A line of a class histogram: how many objects of the loader of plugins there are. */
  private static final Pattern LOADERS =
      Pattern.compile("(\\d+)\\s+\\d+\\s+dev\\.graft\\.registry\\.isolation\\.IsolatedClassLoader");

  @TempDir private Path folder;
  private final CountingServers servers = new CountingServers();

  @AfterEach
  void stop() {
    servers.close();
  }

  private Path counting(int rows) {
    return CountingServers.jar(rows).writeTo(folder.resolve("counting-" + rows + ".jar"));
  }

  @ParameterizedTest
  @EnumSource(names = {"SPARK_3_5", "SPARK_4_0", "SPARK_4_2"})
  void aSessionHasThePluginsThatItsClientAdds(SparkLine line) throws Exception {
    SparkServer server =
        servers.spark(
            line,
            Map.of(
                "graft.sessions.plugins",
                "any",
                "graft.sessions.jar-bytes",
                "100000",
                "pyspark.python",
                PythonEnvironment.placeOf(line).program("python").toString()));
    Client ada = servers.client(server.address());
    int atFirst = loaders(server);

    Client bob = ada.as("bob", UUID.randomUUID().toString());
    assertThat(bob.addJar(tooLarge())).startsWith("OK");
    assertThat(bob.execute(PLAN)).endsWith("GRAFT_JAR_TOO_LARGE");
    sessionsHaveTheirOwn(line, ada);
    withPySpark(line, server.address(), false);
    manyAtOnce(ada, line);
    if (line != SparkLine.SPARK_3_5) { // whose sessions end after an hour
      assertThat(loadersLeft(server, atFirst)).isZero();
    }
    if (line == SparkLine.SPARK_4_2) {
      aPluginOfPythonFindsThePackagesOfItsSession(server.address());
      aPluginThatWritesToTheLogLeavesNothing(ada.as("ada", UUID.randomUUID().toString()));
      assertThat(loadersLeft(server, atFirst)).isZero();
      whatASessionLeavesBehindIsInTheLog(server, ada.as("ada", UUID.randomUUID().toString()));
    }
  }

  @Test
  void throughAGatewayToo() throws Exception {
    SparkServer backend = servers.spark(SparkLine.NEWEST, Map.of());
    Gateway gateway =
        servers.gateway(
            backend, Map.of("graft.sessions.jar-bytes", "100000", "graft.sessions.plugins", "any"));
    Client ada = servers.client(gateway.address());

    sessionsHaveTheirOwn(SparkLine.NEWEST, ada);
    withPySpark(SparkLine.NEWEST, gateway.address(), true);
    manyAtOnce(ada, SparkLine.NEWEST);
  }

  /** Log4j keeps something for each class loader that it meets. */
  private void aPluginThatWritesToTheLogLeavesNothing(Client client) throws Exception {
    Path jar =
        PluginJar.of(
                """
                public class Logging implements RelationPlugin<StringValue> {
                  private static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger(Logging.class);
                  @Override public Class<StringValue> messageType() { return StringValue.class; }
                  @Override public Optional<Relation> transform(StringValue what, PlanningContext context) {
                    LOG.warn("asked");
                    return Optional.of(dev.graft.api.node.Nodes.range(1).build());
                  }
                }
                """)
            .compiledAgainst(AuthorClassPath.of(org.slf4j.Logger.class))
            .service("dev.graft.api.RelationPlugin", "acme.Logging")
            .writeTo(folder.resolve("logging-1.0.jar"));
    assertThat(client.addJar(jar)).startsWith("OK");
    assertThat(rows(client)).isEqualTo(1);
    assertThat(client.releaseSession()).startsWith("OK");
  }

  private void whatASessionLeavesBehindIsInTheLog(SparkServer server, Client client)
      throws Exception {
    Path jar =
        PluginJar.of(
                """
                public class Leaving implements RelationPlugin<StringValue>, AutoCloseable {
                  @Override public Class<StringValue> messageType() { return StringValue.class; }
                  @Override public Optional<Relation> transform(StringValue what, PlanningContext context) {
                    Thread thread = new Thread(() -> java.util.concurrent.locks.LockSupport.park(), "acme-poller");
                    thread.setDaemon(true);
                    thread.start();
                    Runtime.getRuntime().addShutdownHook(new Thread(() -> {}, "acme-hook"));
                    return Optional.of(dev.graft.api.node.Nodes.range(1).build());
                  }
                  @Override public void close() { throw new IllegalStateException("torn"); }
                }
                """)
            .service("dev.graft.api.RelationPlugin", "acme.Leaving")
            .writeTo(folder.resolve("leaving-1.0.jar"));
    assertThat(client.addJar(jar)).startsWith("OK");
    assertThat(rows(client)).isEqualTo(1);
    assertThat(client.releaseSession()).startsWith("OK");

    for (int i = 0; i < 60 && !server.log().contains("has left behind"); i++) {
      Thread.sleep(500);
      loaders(server); // has the server collect
    }
    assertThat(server.log())
        .contains("acme.Leaving (leaving, ")
        .contains("failed to close: java.lang.IllegalStateException: torn")
        .containsPattern(
            "WARN graft: leaving [(].*leaving-1[.]0[.]jar[)] is used no more, but has left behind: ")
        .contains("thread 'acme-poller' (acme.Leaving) still runs")
        .contains("shutdown hook 'acme-hook' (acme.Leaving)");
  }

  /**
   * The same as PySpark's users do it.
   *
   * @param tellsAtOnce whether a refused jar fails the call that adds it
   */
  private void withPySpark(SparkLine line, String address, boolean tellsAtOnce) throws Exception {
    SparkLine client = line == SparkLine.SPARK_3_5 ? line : SparkLine.NEWEST;
    String jars =
        Stream.of(counting(1), counting(2), tooLarge())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    pass(
        3,
        new Pytest(PythonEnvironment.of(client))
            .with("GRAFT_SERVER", address)
            .with("GRAFT_JARS", jars)
            .with("GRAFT_TELLS_AT_ONCE", Boolean.toString(tellsAtOnce))
            .run(PYTHON, folder.resolve("pyspark.xml"), "-s", "test_session_plugins.py"));
  }

  /** Two sessions have two versions of one Python package, of which one changes. */
  private void aPluginOfPythonFindsThePackagesOfItsSession(String address) throws Exception {
    Path jar =
        PluginJar.of(
                """
                import org.apache.spark.connect.proto.*;
                public class Prices implements RelationPlugin<StringValue> {
                  @Override public Class<StringValue> messageType() { return StringValue.class; }
                  @Override public Optional<Relation> transform(StringValue python, PlanningContext context) {
                    CommonInlineUserDefinedFunction.Builder call =
                        CommonInlineUserDefinedFunction.newBuilder().setFunctionName("version").setDeterministic(true);
                    call.addArguments(dev.graft.api.node.Nodes.column("id").build());
                    call.getPythonUdfBuilder()
                        .setEvalType(100)
                        .setOutputType(DataType.newBuilder().setString(DataType.String.getDefaultInstance()))
                        .setPythonVer(python.getValue())
                        .setCommand(com.google.protobuf.ByteString.copyFrom(function()));
                    Expression version = Expression.newBuilder().setCommonInlineUserDefinedFunction(call).build();
                    return Optional.of(
                        dev.graft.api.node.Nodes.range(8)
                            .select(dev.graft.api.node.Nodes.expression(version).as("version"))
                            .build());
                  }
                  private static byte[] function() {
                    try (java.io.InputStream in = Prices.class.getResourceAsStream("version.pickle")) {
                      return in.readAllBytes();
                    } catch (java.io.IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  }
                }
                """)
            .service("dev.graft.api.RelationPlugin", "acme.Prices")
            .writeTo(folder.resolve("prices.jar"));
    pass(
        1,
        new Pytest(PythonEnvironment.of(SparkLine.SPARK_4_2))
            .with("GRAFT_SERVER", address)
            .with("GRAFT_PYTHON_JAR", jar.toString())
            .run(PYTHON, folder.resolve("python.xml"), "-s", "test_plugins_of_python.py"));
  }

  private static void pass(int expected, Stream<DynamicTest> results) {
    List<DynamicTest> tests = results.toList();
    assertThat(tests).hasSize(expected);
    for (DynamicTest test : tests) {
      try {
        test.getExecutable().execute();
      } catch (Throwable failure) {
        throw new AssertionError(test.getDisplayName(), failure);
      }
    }
  }

  private void sessionsHaveTheirOwn(SparkLine line, Client ada) throws IOException {
    Client eve = ada.as("eve", UUID.randomUUID().toString());
    Client bob = ada.as("bob", UUID.randomUUID().toString());

    assertThat(ada.execute(PLAN)).endsWith("GRAFT_EXTENSION_UNKNOWN");
    assertThat(ada.addJar(counting(1))).isEqualTo("OK: checksum right: true");
    assertThat(eve.addJar(counting(2))).isEqualTo("OK: checksum right: true");
    for (int i = 0; i < 3; i++) {
      assertThat(rows(ada)).isEqualTo(1);
      assertThat(rows(eve)).isEqualTo(2);
      assertThat(bob.execute(PLAN)).endsWith("GRAFT_EXTENSION_UNKNOWN");
    }
    assertThat(ada.analyze(PLAN)).startsWith("OK: [name: \"id\"");
    assertThat(ada.as("ada", eve.session()).execute(PLAN)).endsWith("GRAFT_EXTENSION_UNKNOWN");

    assertThat(ada.addJar(counting(3))).startsWith("OK");
    assertThat(rows(ada)).isEqualTo(3);

    if (line == SparkLine.SPARK_4_2) {
      Client clone = ada.as("ada", UUID.randomUUID().toString());
      assertThat(ada.cloneSession(clone.session())).isEqualTo("OK: cloned");
      assertThat(rows(clone)).isEqualTo(3);
      assertThat(clone.releaseSession()).startsWith("OK");
    }
    if (line != SparkLine.SPARK_3_5) {
      for (Client client : List.of(ada, eve, bob)) {
        assertThat(client.releaseSession()).startsWith("OK");
      }
    }
  }

  private Path tooLarge() throws IOException {
    byte[] noise = new byte[150_000];
    new java.util.Random(1).nextBytes(noise);
    return PluginJar.of("public class Large {}")
        .file("noise", noise)
        .service("dev.graft.api.RelationPlugin", "acme.Large")
        .writeTo(folder.resolve("large.jar"));
  }

  /** Sessions that add, replace, ask and end while others do. */
  private void manyAtOnce(Client any, SparkLine line) throws Exception {
    List<Path> jars = new ArrayList<>();
    for (int rows = 1; rows <= CALLERS + 1; rows++) {
      jars.add(counting(rows));
    }
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try {
      List<Callable<Void>> calls = new ArrayList<>();
      for (int i = 0; i < SESSIONS; i++) {
        Client client = any.as("user " + i, UUID.randomUUID().toString());
        int rows = 1 + i % CALLERS;
        calls.add(
            () -> {
              client.addJar(jars.get(rows - 1));
              assertThat(rows(client)).isEqualTo(rows);
              assertThat(rows(client)).isEqualTo(rows);
              client.addJar(jars.get(rows));
              assertThat(rows(client)).isEqualTo(rows + 1);
              if (line == SparkLine.SPARK_4_2) {
                Client clone = client.as(client.user(), UUID.randomUUID().toString());
                assertThat(client.cloneSession(clone.session())).isEqualTo("OK: cloned");
                assertThat(rows(clone)).isEqualTo(rows + 1);
                assertThat(clone.releaseSession()).startsWith("OK");
              }
              if (line != SparkLine.SPARK_3_5) {
                assertThat(client.releaseSession()).startsWith("OK");
              }
              return null;
            });
      }
      for (Future<Void> call : callers.invokeAll(calls)) {
        call.get();
      }
    } finally {
      callers.shutdownNow();
    }
  }

  private static int loadersLeft(SparkServer server, int atFirst) throws Exception {
    int left = Integer.MAX_VALUE;
    for (int i = 0; i < 60 && left > 0; i++) {
      Thread.sleep(500);
      left = loaders(server) - atFirst;
    }
    return left;
  }

  /** How many loaders of plugins the server holds, after a full collection. */
  private static int loaders(SparkServer server) throws IOException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(server.processId()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    Matcher found =
        LOADERS.matcher(new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    return found.find() ? Integer.parseInt(found.group(1)) : 0;
  }
}
