package dev.graft.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.lowering.ExpansionBudget;
import dev.graft.registry.lowering.ExpansionLimits;
import dev.graft.registry.lowering.Lowering;
import dev.graft.registry.lowering.LoweringTable;
import dev.graft.registry.testkit.Neighbour;
import dev.graft.registry.testkit.TestRequest;
import dev.graft.registry.testkit.TestServer;
import dev.graft.testkit.jar.PluginJar;
import java.nio.file.Path;
import org.apache.spark.connect.proto.Limit;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plugins that load well and fail when they are asked: their own request is refused, and the next
 * one is not.
 */
class HostileAnswerTest {
  private static final String BAD = "type.googleapis.com/acme.v1.Bad";
  private static final String TEXT = "type.googleapis.com/google.protobuf.StringValue";

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // each test begins by loading its plugin
  private Snapshot snapshot;

  private String bad() {
    return "acme.Bad (bad, bad.jar)";
  }

  private void load(PluginJar jar) {
    load(new TestServer(folder), jar);
  }

  private void load(TestServer server, PluginJar jar) {
    snapshot =
        server
            .install("bad.jar", jar)
            .install("good.jar", Neighbour.JAR)
            .relations("acme.Bad", Neighbour.CLASS)
            .start();
    assertThat(snapshot.report().refused()).isEmpty();
  }

  /** Loads a plugin on the waist with this method body. */
  private void loadWaistPlugin(String body) {
    load(
        PluginJar.of(
            """
            public class Bad implements ExtensionPlugin {
              public ExtensionKind kind() { return ExtensionKind.RELATION; }
              public Set<String> messageNames() { return Set.of("acme.v1.Bad"); }
              @SuppressWarnings({"unchecked", "rawtypes"})
              public Optional<Answer> answer(Extension extension, HostContext context) throws Exception { %s }
            }
            """
                .formatted(body)));
  }

  /** Loads a typed plugin with this method body. */
  private void loadTypedPlugin(String body) {
    load(
        PluginJar.of(
            """
            public class Bad implements RelationPlugin<StringValue> {
              public Class<StringValue> messageType() { return StringValue.class; }
              public Optional<Relation> transform(StringValue message, PlanningContext context) throws Exception { %s }
            }
            """
                .formatted(body)));
  }

  private GraftException refusal(String typeUrl, String bytes) {
    GraftException refusal =
        catchThrowableOfType(
            GraftException.class,
            () -> TestServer.send(snapshot, TestRequest.relation(typeUrl, bytes)));
    Neighbour.answers(snapshot);
    return refusal;
  }

  private GraftException lowered(Relation plan) {
    PlanLowering lowering =
        new PlanLowering(new Lowering(LoweringTable.ofConnect()), snapshot.dispatcher());
    ExpansionBudget budget = new ExpansionBudget(new ExpansionLimits(50, 1000));
    GraftException refusal =
        catchThrowableOfType(
            GraftException.class,
            () ->
                lowering.lower(ConnectType.RELATION, plan.toByteArray(), TestRequest.SOME, budget));
    Neighbour.answers(snapshot);
    return refusal;
  }

  private static Relation extension(String typeUrl) {
    return Relation.newBuilder().setExtension(Any.newBuilder().setTypeUrl(typeUrl)).build();
  }

  @Test
  void pluginThatThrowsFailsItsOwnRequestOnly() {
    loadTypedPlugin("throw new java.io.IOException(\"disk \" + message.getValue());");

    GraftException refusal = refusal(TEXT, "\n\4full");

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_PLUGIN_FAILED);
    assertThat(refusal.text())
        .isEqualTo(
            bad()
                + " on "
                + TEXT
                + " failed: java.io.IOException: disk full. The server's log has the stack trace; report it to the plugin's author.");
    assertThat(refusal).hasRootCauseMessage("disk full");
    assertThat(snapshot.index().plugins().get(0).counters().all().failed()).isEqualTo(1);
  }

  @Test
  void pluginThatRefusesIsQuoted() {
    loadTypedPlugin("throw new PlanningException(\"k must be positive.\");");

    GraftException refusal = refusal(TEXT, "");

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_PLUGIN_REFUSED);
    assertThat(refusal.text())
        .isEqualTo("k must be positive. (said by " + bad() + " on " + TEXT + ")");
  }

  @Test
  void failureThatCannotSayWhatItIsIsNamedByItsClass() {
    loadWaistPlugin("throw new RuntimeException() { public String toString() { throw this; } };");

    GraftException refusal = refusal(BAD, "");

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_PLUGIN_FAILED);
    assertThat(refusal.text()).startsWith(bad() + " on " + BAD + " failed: acme.Bad$1.");
  }

  @Test
  void errorsOfThePluginFailItsOwnRequestOnly() {
    loadWaistPlugin("throw new AssertionError(\"never\");");

    assertThat(refusal(BAD, "").text()).contains(bad(), "java.lang.AssertionError: never");
  }

  @Test
  void waistPluginThatReturnsNullIsNamed() {
    loadWaistPlugin("return null;");

    GraftException refusal = refusal(BAD, "");

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_PLUGIN_RETURNED_NULL);
    assertThat(refusal.text())
        .isEqualTo(
            bad()
                + " returned null for "
                + BAD
                + ". A plugin that declines returns Optional.empty(). Report this to the plugin's author.");
  }

  @Test
  void typedPluginThatReturnsNullIsNamed() {
    loadTypedPlugin("return null;");

    GraftException refusal = refusal(TEXT, "");

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_PLUGIN_RETURNED_NULL);
    assertThat(refusal.text()).startsWith(bad() + " returned null for " + TEXT);
  }

  @Test
  void pluginThatReturnsWhatIsNoAnswerIsNamed() {
    loadWaistPlugin("return (Optional) Optional.of(\"SELECT 1\");");

    GraftException refusal = refusal(BAD, "");

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_ANSWER_INVALID);
    assertThat(refusal.text())
        .isEqualTo(
            bad()
                + " answered the relation extension "
                + BAD
                + " with String, which is no answer to that kind. Report this to the plugin's author.");
  }

  @Test
  void pluginThatAnswersARelationLikeACommandIsNamed() {
    loadWaistPlugin("return Optional.of(new Answer.Done());");

    GraftException refusal = refusal(BAD, "");

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_ANSWER_INVALID);
    assertThat(refusal.text()).contains(bad(), "with Done");
  }

  @Test
  void pluginThatOverflowsTheStackIsNamed() {
    loadWaistPlugin("return answer(extension, context);");

    GraftException refusal = refusal(BAD, "");

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_PLUGIN_STACK_OVERFLOW);
    assertThat(refusal.text())
        .isEqualTo(
            "The stack overflowed in "
                + bad()
                + " on "
                + BAD
                + ". The plugin recurses without end, or the plan it was given is too deep for it.");
  }

  @Test
  void pluginThatFailsToLinkWhenAskedIsNamed() {
    load(
        new TestServer(folder).set("graft.plugin.bad.link-check", "false"),
        PluginJar.of(
                """
                public class Bad implements ExtensionPlugin {
                  public ExtensionKind kind() { return ExtensionKind.RELATION; }
                  public Set<String> messageNames() { return Set.of("acme.v1.Bad"); }
                  public Optional<Answer> answer(Extension extension, HostContext context) { return Forgotten.answer(); }
                }
                """,
                "class Forgotten { static Optional<Answer> answer() { return Optional.empty(); } }")
            .without("acme.Forgotten"));

    GraftException refusal = refusal(BAD, "");

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_PLUGIN_LINKAGE);
    assertThat(refusal.text())
        .isEqualTo(
            bad()
                + " on "
                + BAD
                + " uses what is not there: java.lang.NoClassDefFoundError: acme/Forgotten. Rebuild the plugin against this server's"
                + " version, or put what is missing into its jar.");
  }

  @Test
  void bytesThatAreNotTheMessageAreRefused() {
    loadTypedPlugin("return Optional.empty();");

    GraftException refusal = refusal(TEXT, "\n\u0010short");

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_EXTENSION_MALFORMED);
    assertThat(refusal.text())
        .startsWith("The 7 bytes given are not a google.protobuf.StringValue: ")
        .endsWith(
            " Check that client and plugin use the same .proto. (found by "
                + bad()
                + " on "
                + TEXT
                + ")");
  }

  @Test
  void whatThePluginIsTooOldForIsRefusedInTheWordsOfItsAdapter() {
    loadWaistPlugin("throw new NewerExtensionException(\"Field 9 is not known here.\");");

    GraftException refusal = refusal(BAD, "");

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_EXTENSION_NEWER);
    assertThat(refusal.text())
        .isEqualTo("Field 9 is not known here. (found by " + bad() + " on " + BAD + ")");
  }

  @Test
  void anyWithoutATypeUrlIsRefused() {
    loadTypedPlugin("return Optional.empty();");

    GraftException refusal = lowered(extension(""));

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_TYPE_URL_MISSING);
  }

  @Test
  void answerThatContainsItsOwnExtensionForEverIsStopped() {
    loadTypedPlugin(
        """
        return Optional.of(Relation.newBuilder().setLimit(org.apache.spark.connect.proto.Limit.newBuilder().setInput(
            Relation.newBuilder().setExtension(Any.pack(message)))).build());
        """);

    GraftException refusal = lowered(extension(TEXT));

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_EXPANSION_TOO_DEEP);
    assertThat(refusal.text())
        .contains(TEXT, "50")
        .endsWith(" The last plugin to answer was " + bad() + ".");
  }

  @Test
  void answerThatDoublesForEverIsStopped() {
    loadTypedPlugin(
        """
        Relation again = Relation.newBuilder().setExtension(Any.pack(message)).build();
        return Optional.of(Relation.newBuilder().setSetOp(
            org.apache.spark.connect.proto.SetOperation.newBuilder().setLeftInput(again).setRightInput(again)).build());
        """);

    GraftException refusal = lowered(extension(TEXT));

    assertThat(refusal.code())
        .isIn(ErrorCode.GRAFT_EXPANSION_TOO_DEEP, ErrorCode.GRAFT_EXPANSION_TOO_LARGE);
    assertThat(refusal.text()).endsWith(" The last plugin to answer was " + bad() + ".");
  }

  @Test
  void answerThatIsNoRelationIsRefusedWithItsPlugin() {
    loadWaistPlugin("return Optional.of(new Answer.Node(new byte[] {10, 127}));");

    GraftException refusal = lowered(extension(BAD));

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_ANSWER_INVALID);
    assertThat(refusal.text())
        .contains("The answer to the extension '" + BAD)
        .endsWith(" The last plugin to answer was " + bad() + ".");
  }

  @Test
  void whatThePlanGotWrongIsNoPluginsFault() {
    loadTypedPlugin("return Optional.empty();");
    Relation unknown =
        Relation.newBuilder()
            .setLimit(Limit.newBuilder().setInput(extension("type.googleapis.com/acme.v1.Unknown")))
            .build();

    GraftException refusal = lowered(unknown);

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_EXTENSION_UNKNOWN);
    assertThat(refusal.text()).doesNotContain("The last plugin to answer");
    assertThat(ByteString.copyFromUtf8(refusal.text()).size()).isLessThan(1000);
  }
}
