package dev.graft.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import dev.graft.catalog.v1.ListExtensions;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.registry.testkit.TestServer;
import dev.graft.spi.Answer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.LoadedExtension;
import dev.graft.testkit.jar.PluginJar;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server lists its extensions, whatever its plugins do. */
class ExtensionCatalogTest {
  private static final String TYPED =
      """
      public class Typed implements RelationPlugin<dev.graft.catalog.v1.ListExtensions> {
        public Class<dev.graft.catalog.v1.ListExtensions> messageType() { return dev.graft.catalog.v1.ListExtensions.class; }
        public Optional<Relation> transform(dev.graft.catalog.v1.ListExtensions message, PlanningContext context) {
          return Optional.empty();
        }
      }
      """;

  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer(folder.resolve("plugins"));
  }

  /** A plugin in the terms of the waist whose method {@code describe} has this body. */
  private static String describing(String name, String messages, String body) {
    return """
        public class %s implements ExtensionPlugin {
          static int asked;
          public ExtensionKind kind() { return ExtensionKind.EXPRESSION; }
          public Set<String> messageNames() { return Set.of(%s); }
          public MessageDescription describe(String message) { asked++; %s }
          public Optional<Answer> answer(Extension extension, HostContext context) {
            return Optional.of(new Answer.Node((asked + " " + context.extensions().size() + " " + asked).getBytes()));
          }
        }
        """
        .formatted(name, messages, body);
  }

  private Snapshot with(String... sources) {
    return with(PluginJar.of(sources));
  }

  private Snapshot with(PluginJar jar) {
    server.install("acme-1.2.jar", jar);
    return server.list(ExtensionKind.EXPRESSION, "acme.First", "acme.Second").start();
  }

  private static Extension list(boolean withDescriptors) {
    byte[] message =
        ListExtensions.newBuilder().setWithDescriptors(withDescriptors).build().toByteArray();
    return new Extension(
        ExtensionKind.RELATION,
        "type.googleapis.com/graft.v1.ListExtensions",
        ByteBuffer.wrap(message));
  }

  private static List<String> messages(Snapshot snapshot) {
    return snapshot.index().extensions().stream().map(LoadedExtension::message).toList();
  }

  @Test
  void aServerWithoutPluginsListsTheListItself() throws Exception {
    Snapshot snapshot = server.start();

    assertThat(messages(snapshot))
        .containsExactly("graft.v1.ServerStatus", "graft.v1.ListExtensions");
    assertThat(snapshot.index().extensions().get(1))
        .satisfies(
            itself -> {
              assertThat(itself.kind()).isEqualTo(ExtensionKind.RELATION);
              assertThat(itself.name()).isEqualTo("list_extensions");
              assertThat(itself.message()).isEqualTo("graft.v1.ListExtensions");
              assertThat(itself.documentation()).startsWith("The extensions that the server");
              assertThat(FileDescriptorSet.parseFrom(itself.descriptorSet()).getFileList())
                  .extracting(FileDescriptorProto::getName)
                  .containsExactly("graft/annotations.proto", "graft/catalog.proto");
            });
    assertThat(snapshot.index().plugins()).isEmpty();
    assertThat(snapshot.report().loaded()).isEmpty();
  }

  @Test
  void theAnswerIsAStandardRelationWithARowForEach() throws Exception {
    Snapshot snapshot =
        with(
            describing("First", "\"acme.v1.First\"", "return MessageDescription.NONE;"),
            describing("Second", "\"acme.v1.Second\"", "return MessageDescription.NONE;"));

    Answer answer = TestServer.send(snapshot, list(true)).answer();

    Relation relation = Relation.parseFrom(((Answer.Node) answer).bytes());
    Expression array =
        relation.getProject().getExpressions(0).getUnresolvedFunction().getArguments(0);
    assertThat(array.getUnresolvedFunction().getArgumentsList())
        .extracting(
            row -> row.getUnresolvedFunction().getArguments(5).getLiteral().getString(),
            row -> row.getUnresolvedFunction().getArguments(9).getLiteral().getString())
        .startsWith(
            org.assertj.core.groups.Tuple.tuple("acme.v1.First", "acme-1.2.jar"),
            org.assertj.core.groups.Tuple.tuple("acme.v1.Second", "acme-1.2.jar"))
        .hasSize(4);
  }

  @Test
  void pluginsComeInConfiguredOrderTheirMessagesByName() {
    Snapshot snapshot =
        with(
            describing("Second", "\"acme.v1.B\"", "return MessageDescription.NONE;"),
            describing("First", "\"acme.v1.Z\", \"acme.v1.A\"", "return MessageDescription.NONE;"));

    assertThat(messages(snapshot))
        .containsExactly(
            "acme.v1.A",
            "acme.v1.Z",
            "acme.v1.B",
            "graft.v1.ServerStatus",
            "graft.v1.ListExtensions");
  }

  @Test
  void whatAPluginTellsOfItselfIsListed() {
    Snapshot snapshot =
        with(
            PluginJar.of(
                    describing(
                        "First",
                        "\"acme.v1.First\"",
                        "return new MessageDescription(\"best\", \"Says it.\", new byte[] {10, 0});"),
                    describing(
                        "Second", "\"acme.v1.HTTPGetURL2\"", "return MessageDescription.NONE;"))
                .manifest("Implementation-Version", "1.2"));

    LoadedExtension told = snapshot.index().extensions().get(0);
    assertThat(told)
        .usingRecursiveComparison()
        .isEqualTo(
            new LoadedExtension(
                ExtensionKind.EXPRESSION,
                "best",
                "acme.v1.First",
                "acme.First",
                "acme-1.2.jar",
                "1.2",
                "Says it.",
                new byte[] {10, 0}));
    assertThat(snapshot.index().extensions().get(1).name()).isEqualTo("http_get_url2");
  }

  @Test
  void whoFailsToDescribeItselfIsListedWithoutDescriptionAndDisturbsNobody() {
    Snapshot snapshot =
        with(
            describing("First", "\"acme.v1.First\"", "throw new AssertionError(\"no\");"),
            describing("Second", "\"acme.v1.Second\"", "return null;"));

    assertThat(snapshot.index().extensions()).hasSize(4);
    assertThat(snapshot.index().extensions().subList(0, 2))
        .allSatisfy(
            extension -> {
              assertThat(extension.documentation()).isEmpty();
              assertThat(extension.descriptorSet()).isEmpty();
            });
  }

  @Test
  void pluginsAreAskedWhenSomebodyWantsToKnowAndThenOnce() {
    Snapshot snapshot =
        with(
            describing("First", "\"acme.v1.First\"", "return MessageDescription.NONE;"),
            describing("Second", "\"acme.v1.Second\"", "return MessageDescription.NONE;"));
    Extension first =
        new Extension(ExtensionKind.EXPRESSION, "x/acme.v1.First", ByteBuffer.allocate(0));

    // How often it was asked before it looked at the list, how long that is, and how often after.
    assertThat(TestServer.answer(snapshot, first)).isEqualTo("0 4 1");
    assertThat(TestServer.answer(snapshot, first)).isEqualTo("1 4 1");
  }

  @Test
  void aPluginThatTakesEveryMessageIsListedAsThat() {
    Snapshot snapshot =
        with(
            describing(
                "First", "ExtensionPlugin.ANY_MESSAGE", "throw new IllegalStateException();"),
            describing("Second", "\"acme.v1.Second\"", "return MessageDescription.NONE;"));

    assertThat(messages(snapshot)).startsWith("google.protobuf.Any", "acme.v1.Second");
  }

  @Test
  void typedPluginsAreDescribedByTheirMessage() {
    server.install("typed.jar", PluginJar.of(TYPED)).relations("acme.Typed");

    Snapshot snapshot = server.start();

    LoadedExtension typed = snapshot.index().extensions().get(0);
    assertThat(typed.plugin()).isEqualTo("acme.Typed");
    assertThat(typed.documentation()).startsWith("The extensions that the server has loaded");
  }

  @Test
  void aConfiguredPluginForTheListGoesBeforeTheBuiltInOneAndMayDecline() {
    server.install("typed.jar", PluginJar.of(TYPED)).relations("acme.Typed");

    Snapshot snapshot = server.start();
    Dispatched dispatched = TestServer.send(snapshot, list(false));

    assertThat(snapshot.index().plugins().get(0).counters().all().declined()).isEqualTo(1);
    assertThat(dispatched.plugin().className())
        .isEqualTo("dev.graft.api.catalog.ListExtensionsPlugin");
  }

  @Test
  void theStatusIsAStandardRelationAndTellsAClientNoMoreThanItMayKnow() throws Exception {
    Snapshot snapshot =
        with(describing("First", "\"acme.v1.First\"", "return MessageDescription.NONE;"));

    String plugins = status(snapshot, 0);
    assertThat(plugins).contains("\"acme.v1.First\"", "\"acme-1.2.jar\"", "\"p99_ms\"");
    assertThat(status(snapshot, 1)).isEqualTo(plugins);
    assertThat(plugins + status(snapshot, 2)).doesNotContain(server.file("").toString());
    assertThat(status(snapshot, 3)).contains("\"session\"", "limit");
    assertThatThrownBy(() -> status(snapshot, 9))
        .hasMessageContaining("This server has no table number 9");
  }

  /** The answer as text. */
  private static String status(Snapshot snapshot, int table) throws Exception {
    Extension question =
        new Extension(
            ExtensionKind.RELATION,
            "type.googleapis.com/graft.v1.ServerStatus",
            ByteBuffer.wrap(new byte[] {8, (byte) table}));
    Answer.Node answer = (Answer.Node) TestServer.send(snapshot, question).answer();
    return Relation.parseFrom(answer.bytes()).toString();
  }

  @Test
  void theOperatorCanSwitchItOff() {
    Snapshot snapshot = server.set("graft.catalog.enabled", "false").start();

    GraftException refused =
        catchThrowableOfType(GraftException.class, () -> TestServer.send(snapshot, list(false)));

    assertThat(refused.code()).isEqualTo(ErrorCode.GRAFT_PLUGIN_REFUSED);
    assertThat(refused.text())
        .startsWith(
            "This server does not list its extensions, nor tells its status: its operator has set spark.graft.catalog.enabled=false.");
    assertThat(snapshot.report().warnings()).isEmpty();
  }

  @Test
  void pluginsLaidOverOthersAreListedBeforeThem() {
    Snapshot snapshot =
        with(
            describing("First", "\"acme.v1.First\"", "return MessageDescription.NONE;"),
            describing("Second", "\"acme.v1.Second\"", "return MessageDescription.NONE;"));

    List<LoadedPlugin> session = snapshot.index().plugins().subList(1, 2);
    PluginIndex both = new PluginIndex(session).over(snapshot.index(), PluginIndex.Claim.BELOW);

    assertThat(both.extensions())
        .extracting(LoadedExtension::message)
        .containsExactly(
            "acme.v1.Second",
            "acme.v1.First",
            "acme.v1.Second",
            "graft.v1.ServerStatus",
            "graft.v1.ListExtensions");
  }
}
