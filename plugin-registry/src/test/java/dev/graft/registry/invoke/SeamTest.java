package dev.graft.registry.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.registry.Snapshot;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.HostFailure;
import dev.graft.registry.testkit.TestRequest;
import dev.graft.registry.testkit.TestServer;
import dev.graft.testkit.jar.PluginJar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever runs of a plugin's own code, the host is told of it before and after. */
class SeamTest {
  private static final String NAME = "acme.Open (hello, hello.jar)";

  private static final PluginJar JAR =
      PluginJar.of(
          """
          public class Open implements ExtensionPlugin {
            static { note("linked"); }
            public Open() { note("made"); }
            static void note(String word) { System.setProperty("acme.did", System.getProperty("acme.did", "") + word + " "); }
            public ExtensionKind kind() { note("kind"); return ExtensionKind.RELATION; }
            public Set<String> messageNames() { note("names"); return Set.of("acme.v1.Open"); }
            public MessageDescription describe(String message) { note("described"); return MessageDescription.NONE; }
            public Optional<Answer> answer(Extension extension, HostContext context) {
              note("asked");
              return Optional.of(new Answer.Node(new byte[0]));
            }
          }
          """,
          """
          public class Engine implements NativePlugin {
            static { if (true) throw new IllegalStateException("nothing of it may run"); }
            public ExtensionKind kind() { return ExtensionKind.RELATION; }
            public Set<String> messageNames() { return Set.of("acme.v1.Engine"); }
            public Optional<Answer> answer(Extension extension, HostContext context) { return Optional.empty(); }
          }
          """);

  @TempDir private Path folder;

  private final List<String> calls = new ArrayList<>();
  private boolean refuses;

  private CallWatch.Call begin(PluginIdentity plugin) {
    if (refuses) {
      throw new HostFailure(new IllegalStateException("Nobody waits"));
    }
    String did = System.getProperty("acme.did", "");
    return () ->
        calls.add(
            plugin.describe() + ": " + System.getProperty("acme.did", "").substring(did.length()));
  }

  private Snapshot load() {
    System.clearProperty("acme.did");
    return new TestServer(folder)
        .install("hello.jar", JAR)
        .with(this::begin)
        .withoutEngine("Take it elsewhere.")
        .relations("acme.Open", "acme.Engine")
        .start();
  }

  @Test
  void constructionDescriptionsAndAnswersAreWatched() {
    Snapshot snapshot = load();
    TestServer.send(snapshot, TestRequest.relation("acme.v1.Open"));
    snapshot.index().extensions();

    assertThat(calls)
        .filteredOn(call -> call.startsWith(NAME))
        .containsExactly(
            NAME + ": linked made ",
            NAME + ": kind names ",
            NAME + ": asked ",
            NAME + ": described ");
    assertThat(System.getProperty("acme.did")).isEqualTo("linked made kind names asked described ");
  }

  @Test
  void aHostThatLetsNoCallBeginIsNotThePluginsFault() {
    Snapshot snapshot = load();
    System.clearProperty("acme.did");
    refuses = true;

    assertThatThrownBy(() -> TestServer.send(snapshot, TestRequest.relation("acme.v1.Open")))
        .isInstanceOf(HostFailure.class)
        .hasRootCauseMessage("Nobody waits");
    assertThat(System.getProperty("acme.did")).isNull();
  }

  /** The list of extensions is kept, and must not be without one because somebody left. */
  @Test
  void aDescriptionThatNobodyWaitsForIsAskedForAgain() {
    Snapshot snapshot = load();
    refuses = true;
    assertThatThrownBy(() -> snapshot.index().extensions()).isInstanceOf(HostFailure.class);
    refuses = false;
    System.clearProperty("acme.did");

    assertThat(snapshot.index().extensions()).isNotEmpty();
    assertThat(System.getProperty("acme.did")).isEqualTo("described ");
  }

  @Test
  void whatAHostCannotUseIsNeverMade() {
    Snapshot snapshot = load();

    assertThat(TestServer.refused(snapshot, "acme.Engine").code())
        .isEqualTo(ErrorCode.GRAFT_HOST_UNSUPPORTED);
    assertThat(TestServer.refused(snapshot, "acme.Engine").text())
        .endsWith("hello.jar) is a native plugin. Take it elsewhere.");
  }
}
