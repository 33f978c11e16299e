package dev.graft.cli.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.frames.v1.Mask;
import com.acme.frames.v1.Remark;
import com.acme.frames.v1.TopK;
import com.google.protobuf.StringValue;
import dev.graft.api.node.Nodes;
import dev.graft.catalog.v1.ServerStatus;
import dev.graft.cli.lines.GraftProgram;
import dev.graft.cli.python.Pytest;
import dev.graft.cli.python.PythonEnvironment;
import dev.graft.encoder.CommandAnswer;
import dev.graft.encoder.ConnectSession;
import dev.graft.encoder.Extensions;
import dev.graft.encoder.NamedValues;
import dev.graft.encoder.Operations;
import dev.graft.encoder.RequestFailedException;
import dev.graft.encoder.Rows;
import dev.graft.servers.SparkLine;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.connect.proto.Relation;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients that are generated from the example jars, in Java, beside Spark's own JVM client, and in
 * Python, on real servers: one with Graft in it, one behind a gateway, and some that cannot do what
 * they are asked for.
 */
@ParameterizedClass
@EnumSource(
    value = SparkLine.class,
    names = {"SPARK_3_5", "SPARK_4_2"})
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class EncoderKitIT {
  private static final Path PYTHON_TESTS = Path.of("src/test/encoders/python").toAbsolutePath();
  private static final Path PYTHON_ENCODER = Path.of("../encoders/python/src").toAbsolutePath();

  private static final List<List<Object>> BEST =
      List.of(List.of("Bonn", "de", 331), List.of("Graz", "at", 303));
  private static final Relation NAMES =
      Nodes.rows("name string", Nodes.row("5"), Nodes.row("five")).build();
  private static final Relation TOP =
      Extensions.relation(TopK.newBuilder().setInput(NAMES).setOrderBy("name").setK(1).build());

  private static KitServers servers;
  private static Path generatedJava;

  @Parameter SparkLine line;

  @BeforeParameterizedClassInvocation
  static void start(SparkLine line, @TempDir Path folder) throws Exception {
    servers = KitServers.start(line, folder);
    generatedJava = folder.resolve("generated");
    GeneratedClients.generate("java", generatedJava);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    servers.close();
  }

  @Test
  void generatedJavaClientInsideSpark(@TempDir Path folder) throws Exception {
    assertFrames(run("FramesClient", servers.graft().address(), folder), "spark");
  }

  @Test
  void generatedJavaClientThroughTheGateway(@TempDir Path folder) throws Exception {
    assertFrames(run("FramesClient", servers.gateway().address(), folder), "gateway");
  }

  private void assertFrames(Map<String, Object> results, String host) {
    assertThat(rows(results, "top_k")).containsExactlyInAnyOrderElementsOf(BEST);
    assertThat(rows(results, "top_k of values")).containsExactlyInAnyOrderElementsOf(BEST);
    assertThat(rows(results, "mask"))
        .containsExactlyInAnyOrder(List.of("***n", "--nn"), List.of("***z", "--az"));
    assertThat(rows(results, "summarize")).containsExactly(List.of(4L, 65, 331, 206.25));
    assertThat(results.get("publish")).isEqualTo(new CommandAnswer.Nothing());
    assertThat(rows(results, "published")).containsExactlyInAnyOrderElementsOf(BEST);
    assertThat(results.get("about")).isEqualTo(List.of(host, line.version()));
    assertThat(results.get("remark")).isEqualTo(new CommandAnswer.Nothing());
    assertThat(String.valueOf(results.get("no order")))
        .startsWith("[GRAFT_FIELD_REQUIRED]")
        .contains("order_by", "acme.frames.v1.TopK");
    assertThat(String.valueOf(results.get("no input")))
        .startsWith("[GRAFT_FIELD_REQUIRED]")
        .contains("input");
    assertThat(String.valueOf(results.get("wrong type")))
        .startsWith("[GRAFT_FIELD_TYPE]")
        .contains("input", "a relation: a DataFrame of the client");
    assertThat(String.valueOf(results.get("wrong answer")))
        .startsWith("[GRAFT_ANSWER_UNEXPECTED]")
        .contains("acme.frames.v1.AboutReply, but with rows");
  }

  @Test
  void generatedJavaClientOfTheNativeJar(@TempDir Path folder) throws Exception {
    try (ConnectSession session = ConnectSession.connect(servers.graft().address())) {
      Map<String, Object> results = run("NativeClient", session, folder);

      assertThat(rows(results, "numbered")).hasSize(3).allSatisfy(r -> assertThat(r).hasSize(2));
      assertThat(rows(results, "numbered").stream().map(row -> row.get(1)).distinct()).hasSize(3);
      assertThat(results.get("hashed")).isEqualTo(3L);
      assertThat(rows(results, "tables")).isEmpty();
    }
  }

  @TestFactory
  Stream<DynamicTest> generatedPythonClient(@TempDir Path folder) throws Exception {
    Path generated = folder.resolve("generated");
    GeneratedClients.generate("python", generated);
    return new Pytest(quiet(PythonEnvironment.of(line), folder))
        .with("PYTHONPATH", generated + File.pathSeparator + PYTHON_ENCODER)
        .with("GRAFT_SERVER", servers.graft().address())
        .with("GRAFT_GATEWAY", servers.gateway().address())
        .with("GRAFT_PLAIN", servers.plain().address())
        .with("GRAFT_UNLISTED", servers.unlisted().address())
        .with("GRAFT_NEWER", servers.newer().toString())
        .run(PYTHON_TESTS, folder.resolve("results.xml"));
  }

  /**
   * The same, with what it prints put into a file: between the messages that this JVM sends to
   * Maven it would make Maven lose results. What fails is in pytest's report.
   */
  private static PythonEnvironment quiet(PythonEnvironment python, Path folder) throws Exception {
    Path script = Files.createDirectories(folder.resolve("bin")).resolve("python");
    Files.writeString(
        script,
        "#!/bin/sh\nexec '%s' \"$@\" > '%s' 2>&1\n"
            .formatted(python.program("python"), folder.resolve("pytest.log")));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return new PythonEnvironment(folder);
  }

  @TestFactory
  Stream<DynamicTest> generatedClientBesideSparksOwn(@TempDir Path folder) {
    return Arrays.stream(SparkClients.values())
        .filter(client -> client.line() == line)
        .map(
            client ->
                DynamicTest.dynamicTest(
                    client + " on " + line, () -> besideSparksOwn(client, folder)));
  }

  private void besideSparksOwn(SparkClients client, Path folder) throws Exception {
    Path classes =
        GeneratedClients.compile(
            "SparkClient.java",
            generatedJava.resolve("com/acme/frames"),
            client.classPath(),
            folder.resolve(client.name()));

    String said =
        client.run(
            "SparkClient", classes, List.of(servers.graft().address(), servers.plain().address()));

    assertThat(said.lines().filter(text -> text.startsWith("> ")))
        .contains(
            "> relation: [[Bonn,de,331], [Graz,at,303]]",
            "> its column: [[Bonn], [Graz]]",
            "> nested: [[Bonn,de,331], [Graz,at,303]]",
            "> expression of a column: [[***n], [***s], [***z], [**m]]",
            "> expression of a name: [[###n], [###s], [###z], [##m]]",
            "> rows of a command: [[4,65,331,206.25]]",
            "> published: true",
            "> view: 2",
            "> message of a command: spark " + line.version(),
            "> catalogue: [[relation,top_k]]",
            "> status: [[relation,0]]")
        .anyMatch(text -> text.startsWith("> other session: [GRAFT_SESSION_MISMATCH] "))
        .anyMatch(text -> text.startsWith("> wrong type: [GRAFT_FIELD_TYPE] "))
        .anyMatch(text -> text.startsWith("> missing: [GRAFT_FIELD_REQUIRED] "))
        .anyMatch(
            text -> text.startsWith("> unknown: ") && text.contains("GRAFT_EXTENSION_UNKNOWN"))
        .anyMatch(text -> text.startsWith("> without Graft: ") && text.contains("xtension"));
  }

  @Test
  void theListInsideSparkAndBeforeItIsEnoughToRunWhatItNames() {
    for (String address : List.of(servers.graft().address(), servers.gateway().address())) {
      try (ConnectSession session = ConnectSession.connect(address);
          Rows listed = session.extensions(true)) {
        List<@Nullable Object> topK =
            listed.toList().stream()
                .filter(row -> "acme.frames.v1.TopK".equals(row.get(2)))
                .findFirst()
                .orElseThrow();
        assertThat(topK.subList(0, 5))
            .containsExactly(
                "relation",
                "top_k",
                "acme.frames.v1.TopK",
                "com.acme.frames.TopKPlugin",
                "acme-frames-1.0.0.jar");

        Relation first =
            Operations.of((byte[]) topK.get(7))
                .operation("acme.frames.v1.TopK")
                .with("input", NAMES)
                .with("order_by", "name")
                .with("k", 1)
                .relation();

        assertThat(rows(session, first)).containsExactly(List.of("5"));
      }
    }
  }

  @Test
  void theStatusSaysWhatCameOfCallsAndNothingOfOthers() throws InterruptedException {
    for (String address : List.of(servers.graft().address(), servers.gateway().address())) {
      try (ConnectSession session = ConnectSession.connect(address);
          ConnectSession other = ConnectSession.connect(address)) {
        long before = accepted(session);
        assertThat(rows(session, TOP)).isNotEmpty();
        assertThat(accepted(session)).isGreaterThan(before);

        assertRefused(
            () -> other.rows(Extensions.relation(StringValue.of("x"))).close(),
            "GRAFT_EXTENSION_UNKNOWN",
            "StringValue");
        assertThat(rows(session.status(ServerStatus.Table.FAILURES))).isEmpty();
        assertThat(failuresOf(other))
            .hasSize(1)
            .allMatch(row -> "GRAFT_EXTENSION_UNKNOWN".equals(row.get(1)));
        assertThat(rows(session.status(ServerStatus.Table.REFUSED))).isEmpty();
      }
    }
  }

  /** A gateway notes a failure when the call is over, which its client may learn earlier. */
  private static List<List<@Nullable Object>> failuresOf(ConnectSession session)
      throws InterruptedException {
    List<List<@Nullable Object>> failures = List.of();
    for (int i = 0; i < 50 && failures.isEmpty(); i++) {
      Thread.sleep(i);
      failures = rows(session.status(ServerStatus.Table.FAILURES));
    }
    return failures;
  }

  private static long accepted(ConnectSession session) {
    return rows(session.status(ServerStatus.Table.PLUGINS)).stream()
        .filter(row -> "acme.frames.v1.TopK".equals(row.get(1)))
        .mapToLong(row -> (Long) Objects.requireNonNull(row.get(7)))
        .sum();
  }

  private static List<List<@Nullable Object>> rows(Rows rows) {
    try (rows) {
      return rows.toList();
    }
  }

  @Test
  void aSessionBringsThePluginsOfAJarAndNoOtherHasThem() throws Exception {
    Relation threeRows = Extensions.relation(StringValue.of("three"));
    for (String address : List.of(servers.graft().address(), servers.gateway().address())) {
      try (ConnectSession session = ConnectSession.connect(address);
          ConnectSession other = ConnectSession.connect(address)) {
        assertRefused(
            () -> session.rows(threeRows).close(), "GRAFT_EXTENSION_UNKNOWN", "StringValue");

        session.addJar(servers.sessionJar());

        assertThat(rows(session, threeRows)).containsExactly(List.of(0L), List.of(1L), List.of(2L));
        assertRefused(
            () -> other.rows(threeRows).close(), "GRAFT_EXTENSION_UNKNOWN", "StringValue");
      }
    }
  }

  @Test
  void whatAClientSendsThatThePluginIsTooOldForIsRefused() throws Exception {
    Operations newer = Operations.of(Files.readAllBytes(servers.newer()));
    for (String address : List.of(servers.graft().address(), servers.gateway().address())) {
      try (ConnectSession session = ConnectSession.connect(address)) {
        NamedValues top =
            newer
                .operation("acme.frames.v1.TopK")
                .with("input", NAMES)
                .with("order_by", "name")
                .with("k", 1);

        assertThat(rows(session, top.with("ties", false).relation())).hasSize(1);
        assertRefused(
            () -> rows(session, top.with("ties", true).relation()),
            "GRAFT_EXTENSION_NEWER",
            "field 9 of acme.frames.v1.TopK");
      }
    }
  }

  @Test
  void aServerTellsWhatItsClientsHave() throws Exception {
    for (String address : List.of(servers.graft().address(), servers.gateway().address())) {
      List<String> command = new ArrayList<>(GraftProgram.command());
      command.addAll(List.of("generate", "--check", address, servers.newer().toString()));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(process.waitFor()).as(said).isZero();
      assertThat(said)
          .contains("New, and no break: field 9 (ties) of acme.frames.v1.TopK.")
          .contains("No change breaks clients.");
    }
  }

  @Test
  void aServerWithoutGraftIsSaidToBeOne() {
    try (ConnectSession plain = ConnectSession.connect(servers.plain().address())) {
      Relation masked =
          Nodes.relation(NAMES)
              .select(
                  Nodes.expression(
                      Extensions.expression(
                          Mask.newBuilder().setInput(Nodes.column("name").build()).build())))
              .build();
      Remark remark = Remark.newBuilder().setText("nobody there").build();

      for (ThrowingCallable call :
          List.<ThrowingCallable>of(
              () -> plain.rows(TOP).close(),
              () -> plain.schema(TOP),
              () -> plain.rows(masked).close(),
              () -> plain.execute(Extensions.command(remark)),
              () -> plain.extensions().close())) {
        assertRefused(call, "GRAFT_SERVER_WITHOUT_EXTENSION", "Install Graft and the plugin's jar");
      }
    }
  }

  @Test
  void aGatewayThatTellsNobodyWhatItHasSaysSo() {
    try (ConnectSession unlisted = ConnectSession.connect(servers.unlisted().address())) {
      assertRefused(
          () -> unlisted.extensions().close(),
          "GRAFT_PLUGIN_REFUSED",
          "graft.catalog.enabled=false");
      assertRefused(
          () -> unlisted.status(ServerStatus.Table.PLUGINS).close(),
          "GRAFT_PLUGIN_REFUSED",
          "graft.catalog.enabled=false");
      assertRefused(
          () -> unlisted.rows(TOP).close(), "GRAFT_EXTENSION_UNKNOWN", "acme.frames.v1.TopK");
    }
  }

  @Test
  void aServerOlderThanWhatThePluginAnswersIsNamedWithItsVersion() {
    Relation numbers =
        Nodes.relation(NAMES)
            .select(Nodes.expression(Extensions.expression(StringValue.of("name"))).as("number"))
            .build();
    try (ConnectSession session = ConnectSession.connect(servers.graft().address())) {
      if (line == SparkLine.SPARK_3_5) {
        assertThatThrownBy(() -> rows(session, numbers))
            .isInstanceOf(RequestFailedException.class)
            .hasMessageContainingAll(
                "GRAFT_ANSWER_UNSUPPORTED",
                "the server is " + line.version(),
                "Use a server of 4.0 or later");
      } else {
        assertThat(rows(session, numbers))
            .containsExactly(List.of(5), Arrays.asList((Object) null));
      }
    }
  }

  private static void assertRefused(ThrowingCallable call, String code, String text) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RequestFailedException.class, failure -> assertThat(failure.errorCode()).contains(code))
        .hasMessageContaining(text);
  }

  private static Map<String, Object> run(String program, String address, Path folder)
      throws Exception {
    try (ConnectSession session = ConnectSession.connect(address)) {
      return run(program, session, folder);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> run(String program, ConnectSession session, Path folder)
      throws Exception {
    Path classes =
        GeneratedClients.compile(
            program + ".java", generatedJava, GeneratedClients.ownClassPath(), folder);
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      var made = loader.loadClass(program).getConstructor().newInstance();
      return ((Function<ConnectSession, Map<String, Object>>) made).apply(session);
    }
  }

  @SuppressWarnings("unchecked")
  private static List<List<Object>> rows(Map<String, Object> results, String name) {
    return (List<List<Object>>) Objects.requireNonNull(results.get(name), name);
  }

  private static List<List<@Nullable Object>> rows(ConnectSession session, Relation relation) {
    try (Rows rows = session.rows(relation)) {
      return rows.toList();
    }
  }
}
