package dev.graft.registry.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.registry.Registry;
import dev.graft.registry.Snapshot;
import dev.graft.registry.reload.Reloading;
import dev.graft.registry.settings.RegistryConfiguration;
import dev.graft.registry.status.ServerView;
import dev.graft.registry.testkit.CapturedLog;
import dev.graft.registry.testkit.TestRequest;
import dev.graft.registry.testkit.TestServer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.testkit.jar.PluginJar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators can do to a running server over HTTP, and who cannot. */
class AdminPortTest {
  private static final Extension FIRST = TestRequest.relation("acme.v1.First");
  private static final Extension SECOND = TestRequest.relation("acme.v1.Second");
  private static final String POST = "POST /reload HTTP/1.1";
  private static final String SAID = "Graft-Admin: 1";
  private static final String REFUSALS = "dev.graft.admin";

  @TempDir private Path folder;

  private final List<Snapshot> taken = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private TestServer server;
  private Registry registry;

  @BeforeEach
  void install() throws IOException {
    server =
        new TestServer(Files.createDirectory(folder.resolve("plugins")))
            .set(RegistryConfiguration.DISCOVERY, "services")
            .set("graft.admin.port", "0")
            .install("first.jar", plugin("First", "one"));
    registry = server.registry();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
    System.clearProperty("acme.wait");
    System.clearProperty("acme.waiting");
  }

  /** Waits in its constructor, or before it answers, where a property of the JVM says so. */
  private static PluginJar plugin(String name, String says) {
    return PluginJar.of(
            """
            public class NAME implements ExtensionPlugin {
              public NAME() { await("constructor NAME"); }
              public ExtensionKind kind() { return ExtensionKind.RELATION; }
              public Set<String> messageNames() { return Set.of("acme.v1.NAME"); }
              public Optional<Answer> answer(Extension extension, HostContext context) {
                await("answer NAME");
                return Optional.of(new Answer.Node("SAYS".getBytes()));
              }
              private static void await(String place) {
                while (place.equals(System.getProperty("acme.wait"))) {
                  System.setProperty("acme.waiting", place);
                  try { Thread.sleep(5); } catch (InterruptedException e) { return; }
                }
              }
            }
            """
                .replace("NAME", name)
                .replace("SAYS", says))
        .manifest("Graft-Plugin-Id", name)
        .service(ExtensionPlugin.class.getName(), "acme." + name);
  }

  private static void awaitWaiting(String place) throws InterruptedException {
    for (int i = 0; i < 6_000 && !place.equals(System.getProperty("acme.waiting")); i++) {
      Thread.sleep(10);
    }
    assertThat(System.getProperty("acme.waiting")).isEqualTo(place);
  }

  private AdminPort start() {
    return start(Duration.ofSeconds(10));
  }

  private AdminPort start(Duration limit) {
    registry = server.registry();
    ServerView view = new ServerView(registry, List::of, Optional::empty);
    return open(AdminPort.open(new Reloading(registry, taken::add), view, limit));
  }

  private AdminPort open(AdminPort port) {
    open.add(port);
    return port;
  }

  private static int port(AdminPort port) {
    return port.port().orElseThrow();
  }

  private String token() throws IOException {
    Path file = Files.writeString(folder.resolve("tokens"), "\nfirst-token\nsecond-token\n");
    server.set("graft.admin.token-file", file.toString());
    return "Authorization: Bearer second-token";
  }

  private String reload(AdminPort port) throws IOException {
    return RawHttp.send(port(port), POST, SAID);
  }

  @Test
  void aReloadSaysWhatHasChangedAndThenTheWholeReport() throws IOException {
    server.install("gone.jar", plugin("Gone", "gone"));
    AdminPort port = start();
    server.install("first.jar", plugin("First", "changed"));
    server.install("second.jar", plugin("Second", "two"));
    Files.write(server.file("broken.jar"), new byte[] {1, 2, 3});

    assertThat(reload(port))
        .startsWith("HTTP/1.1 200 ")
        .contains(" ms: 1 added, 1 replaced, 0 removed, 1 refused, 1 as before")
        .contains("\n  added      acme.Second (Second, " + server.file("second.jar") + ")")
        .contains("\n  replaced   acme.First (First, ")
        .contains("\n  refused    [GRAFT_JAR_UNREADABLE] " + server.file("broken.jar"))
        .contains("\n\nGraft in Test 1.0: 3 plugins loaded, 1 refused\n");
    assertThat(TestServer.answer(registry.current(), FIRST)).isEqualTo("changed");
    assertThat(TestServer.answer(registry.current(), SECOND)).isEqualTo("two");
    assertThat(taken).containsExactly(registry.current());

    Files.delete(server.file("gone.jar"));
    assertThat(reload(port))
        .contains("0 added, 0 replaced, 1 removed, 0 refused, 2 as before")
        .contains("\n  removed    acme.Gone (Gone, ");
  }

  @Test
  void programsGetJson() throws IOException {
    AdminPort port = start();
    server.install("second.jar", plugin("Second", "two"));

    assertThat(RawHttp.send(port(port), POST, SAID, "Accept: application/json"))
        .contains("\r\nContent-type: application/json")
        .contains("{\"result\":\"swapped\",\"changes\":{\"added\":[\"acme.Second (Second, ")
        .contains("\"report\":{\"host\":\"Test 1.0\",\"loaded\":[{\"class\":\"acme.First\"");
    assertThat(RawHttp.send(port(port), "GET /report HTTP/1.1", "Accept: application/json"))
        .contains("\"class\":\"acme.Second\",\"id\":\"Second\",\"version\":\"\"")
        .contains("\"messages\":[\"acme.v1.Second\"]");
    assertThat(RawHttp.send(port(port), "GET /report HTTP/1.1"))
        .startsWith("HTTP/1.1 200 ")
        .contains("Graft in Test 1.0: 2 plugins loaded, 0 refused");
  }

  @Test
  void whatIsRefusedLeavesTheOldServing() throws IOException {
    AdminPort port = start();
    Snapshot before = registry.current();
    Path broken = Files.write(folder.resolve("broken"), new byte[] {1, 2, 3});
    Files.move(broken, server.file("first.jar"), StandardCopyOption.REPLACE_EXISTING);

    assertThat(reload(port))
        .startsWith("HTTP/1.1 409 ")
        .contains(
            "Not reloaded, and what was loaded before goes on serving: [GRAFT_JAR_UNREADABLE]")
        .contains("acme.First would not serve any more")
        .contains("\n  changed    " + server.file("first.jar"))
        .contains("1 plugin loaded, 0 refused");
    assertThat(registry.current()).isSameAs(before);
    assertThat(TestServer.answer(registry.current(), FIRST)).isEqualTo("one");
    assertThat(taken).isEmpty();

    server.install("first.jar", plugin("First", "mended"));
    assertThat(reload(port)).startsWith("HTTP/1.1 200 ");
    assertThat(TestServer.answer(registry.current(), FIRST)).isEqualTo("mended");
  }

  @Test
  void aPluginThatIsRequiredAndGoneLeavesAllAsItWas() throws IOException {
    server.set("graft.plugin.First.required", "true");
    AdminPort port = start();
    Files.delete(server.file("first.jar"));

    assertThat(RawHttp.send(port(port), POST, SAID, "Accept: application/json"))
        .startsWith("HTTP/1.1 409 ")
        .contains("\"result\":\"kept\",\"code\":\"GRAFT_PLUGIN_MISSING\"");
    assertThat(TestServer.answer(registry.current(), FIRST)).isEqualTo("one");
  }

  @Test
  void aRequestEndsWithWhatItBeganWith() throws Exception {
    AdminPort port = start();
    System.setProperty("acme.wait", "answer First");
    CompletableFuture<String> request =
        CompletableFuture.supplyAsync(() -> TestServer.answer(registry.current(), FIRST));
    awaitWaiting("answer First");
    server.install("first.jar", plugin("First", "changed"));

    assertThat(reload(port)).startsWith("HTTP/1.1 200 ").contains("1 replaced");
    System.clearProperty("acme.wait");

    assertThat(request.get(1, TimeUnit.MINUTES)).isEqualTo("one");
    assertThat(TestServer.answer(registry.current(), FIRST)).isEqualTo("changed");
  }

  @Test
  void onlyOneAtATimeAndNoneIsCutOff() throws Exception {
    AdminPort port = start(Duration.ofMillis(300));
    server.install("second.jar", plugin("Second", "two"));
    System.setProperty("acme.wait", "constructor Second");
    CompletableFuture<String> first =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return reload(port);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    awaitWaiting("constructor Second");

    assertThat(reload(port))
        .startsWith("HTTP/1.1 409 ")
        .contains("plugins are being loaded at this moment");
    assertThat(RawHttp.send(port(port), "GET /report HTTP/1.1")).contains("1 plugin loaded");
    Thread.sleep(600); // longer than a client may take
    System.clearProperty("acme.wait");
    assertThat(first.get(1, TimeUnit.MINUTES)).startsWith("HTTP/1.1 200 ").contains("1 added");
  }

  @Test
  void aPageInABrowserOnThisMachineIsNotLetIn() throws IOException {
    AdminPort port = start();
    Snapshot before = registry.current();

    assertThat(RawHttp.send(port(port), POST, "Origin: http://evil.example"))
        .startsWith("HTTP/1.1 403 ")
        .contains("Graft-Admin: 1, which no web page can");
    assertThat(
            RawHttp.send(
                port(port),
                "OPTIONS /reload HTTP/1.1",
                "Origin: http://evil.example",
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: graft-admin"))
        .startsWith("HTTP/1.1 403 ")
        .doesNotContain("Access-Control-Allow");
    assertThat(RawHttp.send(port(port), POST, SAID, "Host: evil.example:" + port(port)))
        .startsWith("HTTP/1.1 403 ");
    assertThat(RawHttp.send(port(port), "GET /report HTTP/1.1", "Host: evil.example"))
        .startsWith("HTTP/1.1 403 ")
        .doesNotContain("acme.First");
    assertThat(registry.current()).isSameAs(before);

    assertThat(RawHttp.send(port(port), POST, SAID, "Host: LOCALHOST")).contains(" 200 ");
    assertThat(RawHttp.send(port(port), POST, SAID, "Host: [::1]:1")).contains(" 200 ");
  }

  @Test
  void withTokensOneOfThemIsNeededAndThoseOfTheMomentCount() throws IOException {
    String token = token();
    AdminPort port = start();

    assertThat(reload(port)).startsWith("HTTP/1.1 401 ").doesNotContain("acme.First");
    assertThat(RawHttp.send(port(port), "GET /report HTTP/1.1")).startsWith("HTTP/1.1 401 ");
    assertThat(RawHttp.send(port(port), POST, "Authorization: Bearer second-toke"))
        .startsWith("HTTP/1.1 401 ");
    assertThat(RawHttp.send(port(port), POST, "Authorization: Bearer ")).contains(" 401 ");
    assertThat(RawHttp.send(port(port), POST, token, "Host: graft.example")).contains(" 200 ");

    Files.writeString(folder.resolve("tokens"), "third-token");
    assertThat(RawHttp.send(port(port), POST, token)).startsWith("HTTP/1.1 401 ");
    Files.delete(folder.resolve("tokens"));
    assertThat(RawHttp.send(port(port), POST, "Authorization: Bearer third-token"))
        .startsWith("HTTP/1.1 401 ");
  }

  @Test
  void othersThanThisMachineNeedAToken() throws IOException {
    server.set("graft.admin.host", "0.0.0.0");
    assertThatThrownBy(this::start)
        .hasMessageContaining("GRAFT_CONFIGURATION_INVALID")
        .hasMessageContaining("Set spark.graft.admin.token-file");

    String token = token();
    assertThat(RawHttp.send(port(start()), "GET /report HTTP/1.1", token)).contains(" 200 ");

    Files.writeString(folder.resolve("tokens"), "\n");
    assertThatThrownBy(this::start).hasMessageContaining("there is no token in it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /index.html HTTP/1.1",
        "GET /reloads HTTP/1.1",
        "GET /report/../secret HTTP/1.1"
      })
  void whatIsNotThereSaysWhatThereIs(String request) throws IOException {
    assertThat(RawHttp.send(port(start()), request))
        .startsWith("HTTP/1.1 404 ")
        .contains(
            "There are /, /failures, /metrics, /plugins, /reload, /report, /sessions, /style.css.");
  }

  @Test
  void anotherMethodDoesNothing() throws IOException {
    AdminPort port = start();
    assertThat(RawHttp.send(port(port), "GET /reload HTTP/1.1"))
        .startsWith("HTTP/1.1 405 ")
        .contains("\r\nAllow: POST");
    assertThat(taken).isEmpty();
  }

  @Test
  void itIsOffUnlessItIsConfiguredAndTheReportNamesIt() throws IOException {
    AdminPort port = start();
    assertThat(port.with("report"))
        .isEqualTo("report\n  admin      http://127.0.0.1:" + port(port));

    server = new TestServer(Files.createDirectory(folder.resolve("other")));
    AdminPort none = start();
    assertThat(none.port()).isEmpty();
    assertThat(none.with("report")).isEqualTo("report");
  }

  @Test
  void aPortThatIsTakenIsNoHarm() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.set("graft.admin.port", String.valueOf(other.getLocalPort()));
      AdminPort port = start();

      assertThat(port.port()).isEmpty();
      assertThat(port.with("report"))
          .contains("\n  admin      none: 127.0.0.1 port " + other.getLocalPort())
          .contains("Address already in use");
      assertThat(TestServer.answer(registry.current(), FIRST)).isEqualTo("one");
    }
  }

  @Test
  void afterItIsClosedNothingListensAndNoThreadIsLeft() throws Exception {
    AdminPort port = start();
    assertThat(reload(port)).contains(" 200 ");
    int number = port(port);
    assertThat(threads()).isNotEmpty().allMatch(Thread::isDaemon);

    port.close();

    assertThatThrownBy(() -> RawHttp.send(number, POST, SAID)).isInstanceOf(IOException.class);
    for (int i = 0; i < 1_000 && !threads().isEmpty(); i++) {
      Thread.sleep(10);
    }
    assertThat(threads()).isEmpty();
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(
            thread ->
                thread.getName().startsWith("graft-admin")
                    || thread.getName().equals("HTTP-Dispatcher"))
        .toList();
  }

  @Test
  void clientsThatAreSlowAreCutOffAndOthersHaveTheirTurn() throws IOException {
    AdminPort port = start(Duration.ofMillis(300));
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 60; i++) {
        slow.add(RawHttp.begun(port(port)));
      }
      for (Socket each : slow) {
        assertEnds(each);
      }
      assertThat(reload(port)).startsWith("HTTP/1.1 200 ");
    } finally {
      for (Socket each : slow) {
        each.close();
      }
    }
  }

  @Test
  void whoIsRefusedIsInTheLogWithoutWhatWasShown() throws Exception {
    String token = token();
    AdminPort port = start();
    try (CapturedLog log = new CapturedLog()) {
      RawHttp.send(port(port), POST, "Authorization: Bearer a-guess");
      awaitRefusal(log, "Refused POST /reload from 127.0.0.1: 401. Show a token");
      RawHttp.send(port(port), "GET /reload HTTP/1.1", token);
      awaitRefusal(log, "Refused GET /reload from 127.0.0.1: 405. /reload wants POST.");
      RawHttp.send(port(port), "GET /%0Asecret?key=hidden HTTP/1.1", token);
      awaitRefusal(
          log,
          "Refused GET /?secret from 127.0.0.1: 404. There are /, /failures, /metrics, /plugins, /reload, /report, /sessions, /style.css.");

      assertThat(log.warnings(REFUSALS)).hasSize(3).noneMatch(line -> line.contains("a-guess"));
    }
  }

  /** Waits for a line, and until there may be another. */
  private static void awaitRefusal(CapturedLog log, String begin) throws InterruptedException {
    for (int i = 0; i < 600 && log.warnings(REFUSALS).stream().noneMatch(begins(begin)); i++) {
      Thread.sleep(10);
    }
    assertThat(log.warnings(REFUSALS)).anyMatch(begins(begin));
    Thread.sleep(150);
  }

  private static Predicate<String> begins(String begin) {
    return line -> line.startsWith(begin);
  }

  @Test
  void whoGuessesTokensDoesNotFillTheLog() throws Exception {
    String token = token();
    AdminPort port = start();
    Files.delete(folder.resolve("tokens")); // which is an error, too
    int guesses = 200;
    try (CapturedLog log = new CapturedLog()) {
      long begin = System.nanoTime();
      for (int i = 0; i < guesses; i++) {
        assertThat(RawHttp.send(port(port), POST, token)).contains(" 401 ");
      }
      int tenths = (int) ((System.nanoTime() - begin) / 100_000_000);
      assertThat(log.warnings(REFUSALS)).hasSizeBetween(1, tenths + 2);
      assertThat(log.errors()).hasSizeBetween(1, tenths / 10 + 2);
      Thread.sleep(150);

      RawHttp.send(port(port), POST, token);
      assertThat(log.warnings(REFUSALS).size() + unsaid(log)).isEqualTo(guesses + 1);
    }
  }

  /** How many refusals the log counts instead of telling them. */
  private static int unsaid(CapturedLog log) {
    return log.warnings(REFUSALS).stream()
        .map(Pattern.compile("Before it (\\d+) more were refused")::matcher)
        .filter(Matcher::find)
        .mapToInt(found -> Integer.parseInt(found.group(1)))
        .sum();
  }

  private static void assertEnds(Socket socket) {
    try {
      assertThat(socket.getInputStream().read()).isNegative();
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("The connection is open still", e);
    } catch (IOException e) {
      // it was reset, which ends it too
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST /", "POST /reload HTTP/1.1\r\nHost: localhost\r\nX: "})
  void requestsThatDoNotEndTakeNoMemory(String begin) throws IOException {
    AdminPort port = start();
    long sent = 0;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(port))) {
      socket.getOutputStream().write(begin.getBytes(UTF_8));
      byte[] piece = new byte[64 << 10];
      java.util.Arrays.fill(piece, (byte) 'x');
      for (; sent < 64 << 20; sent += piece.length) {
        socket.getOutputStream().write(piece);
      }
    } catch (IOException e) {
      // cut off, as it should be
    }
    assertThat(sent).isLessThan(16 << 20);
    assertThat(reload(port)).startsWith("HTTP/1.1 200 ");
  }
}
