package dev.graft.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.lowering.ExpansionBudget;
import dev.graft.registry.lowering.ExpansionLimits;
import dev.graft.registry.lowering.Lowering;
import dev.graft.registry.lowering.LoweringTable;
import dev.graft.registry.testkit.TestRequest;
import dev.graft.registry.testkit.TestServer;
import dev.graft.spi.Answer;
import dev.graft.spi.Engine;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import dev.graft.testkit.jar.PluginJar;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Expression.Cast.EvalMode;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What plugins emit, before servers of several lines. */
class AnswerFieldsTest {
  private static final String PREFIX = "type.googleapis.com/";
  private static final String TEXT = PREFIX + "google.protobuf.StringValue";
  private static final String NODE = PREFIX + "spark.connect.Relation";

  private static final PluginJar PLUGINS =
      PluginJar.of(
              """
              public class Number implements ExpressionPlugin<StringValue> {
                public Class<StringValue> messageType() { return StringValue.class; }
                public Optional<Expression> transform(StringValue column, PlanningContext context) {
                  return Optional.of(dev.graft.api.node.Nodes.column(column.getValue()).tryCast("INT").build());
                }
              }
              """,
              """
              public class Numbers implements RelationPlugin<StringValue> {
                public Class<StringValue> messageType() { return StringValue.class; }
                public Optional<Relation> transform(StringValue column, PlanningContext context) {
                  Relation.Builder project = Relation.newBuilder();
                  project.getProjectBuilder().getInputBuilder().getReadBuilder().getNamedTableBuilder().setUnparsedIdentifier("t");
                  Expression.Builder number = project.getProjectBuilder().addExpressionsBuilder();
                  number.setExtension(Any.pack(column));
                  return Optional.of(project.build());
                }
              }
              """,
              """
              public class FirstTen implements RelationPlugin<Relation> {
                public Class<Relation> messageType() { return Relation.class; }
                public Optional<Relation> transform(Relation input, PlanningContext context) {
                  Relation.Builder limit = Relation.newBuilder();
                  limit.getLimitBuilder().setInput(input).setLimit(10);
                  return Optional.of(limit.build());
                }
              }
              """,
              """
              public class Deed implements CommandPlugin<StringValue> {
                public Class<StringValue> messageType() { return StringValue.class; }
                public Optional<CommandResult> execute(StringValue deed, PlanningContext context) {
                  Relation.Builder html = Relation.newBuilder();
                  html.getHtmlStringBuilder().setNumRows(1);
                  var sql = org.apache.spark.connect.proto.Command.newBuilder();
                  sql.getSqlCommandBuilder().setSql("SELECT 1");
                  var checkpoint = org.apache.spark.connect.proto.Command.newBuilder();
                  checkpoint.getCheckpointCommandBuilder().setEager(true);
                  return Optional.of(switch (deed.getValue()) {
                    case "rows" -> CommandResult.rows(html.build());
                    case "message" -> CommandResult.message(html.build());
                    default -> CommandResult.commands(sql.build(), checkpoint.build());
                  });
                }
              }
              """,
              """
              public class OfEngine implements NativePlugin {
                public ExtensionKind kind() { return ExtensionKind.RELATION; }
                public Set<String> messageNames() { return Set.of("acme.v1.OfEngine"); }
                public Optional<Answer> answer(Extension extension, HostContext context) {
                  Relation.Builder html = Relation.newBuilder();
                  html.getHtmlStringBuilder().setNumRows(1);
                  return Optional.of(new Answer.EngineNode(context.engine().get().relation(html.build().toByteArray())));
                }
              }
              """)
          .manifest("Graft-Plugin-Id", "acme");

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // JUnit calls load first
  private Snapshot snapshot;

  @BeforeEach
  void load() {
    snapshot =
        new TestServer(folder)
            .install("acme.jar", PLUGINS)
            .relations("acme.Numbers", "acme.FirstTen", "acme.OfEngine")
            .list(ExtensionKind.EXPRESSION, "acme.Number")
            .list(ExtensionKind.COMMAND, "acme.Deed")
            .start();
    assertThat(snapshot.report().refused()).isEmpty();
  }

  private static String plugin(String name) {
    return "acme." + name + " (acme, acme.jar)";
  }

  private static TestRequest server(String version) {
    TestRequest some = TestRequest.SOME;
    return new TestRequest(
        some.userId(), some.sessionId(), some.phase(), some.hostName(), version, Optional.empty());
  }

  private Answer send(ExtensionKind kind, String typeUrl, byte[] value, RequestContext request) {
    Extension extension = new Extension(kind, typeUrl, ByteBuffer.wrap(value));
    return snapshot.dispatcher().dispatch(extension, request).answer();
  }

  private Answer send(ExtensionKind kind, String text, String version) {
    byte[] value = com.google.protobuf.StringValue.of(text).toByteArray();
    return send(kind, TEXT, value, server(version));
  }

  private GraftException refusal(ExtensionKind kind, String text, String version) {
    return catchThrowableOfType(GraftException.class, () -> send(kind, text, version));
  }

  private byte[] lower(Relation plan, String version) {
    return new PlanLowering(new Lowering(LoweringTable.ofConnect()), snapshot.dispatcher())
        .lower(
            ConnectType.RELATION,
            plan.toByteArray(),
            server(version),
            new ExpansionBudget(new ExpansionLimits(50, 1000)));
  }

  private static Relation extension(String typeUrl, ByteString value) {
    return Relation.newBuilder()
        .setExtension(Any.newBuilder().setTypeUrl(typeUrl).setValue(value))
        .build();
  }

  @Test
  void tryCastIsRefusedBeforeSpark4() {
    GraftException refusal = refusal(ExtensionKind.EXPRESSION, "a", "3.5.3");

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_ANSWER_UNSUPPORTED);
    assertThat(refusal.text())
        .isEqualTo(
            plugin("Number")
                + " answered "
                + TEXT
                + " with spark.connect.Expression.Cast.eval_mode (at cast.eval_mode). Spark Connect has that since 4.0;"
                + " the server is 3.5.3 and would run the plan without it."
                + " Use a server of 4.0 or later, or have the plugin's author do without it where the context's connectVersion is earlier.");
    assertThat(refusal(ExtensionKind.EXPRESSION, "a", "3.4.0").code())
        .isEqualTo(ErrorCode.GRAFT_ANSWER_UNSUPPORTED);
    assertThat(snapshot.index().plugins())
        .filteredOn(plugin -> plugin.className().equals("acme.Number"))
        .allSatisfy(
            plugin -> {
              assertThat(plugin.counters().all().failed()).isEqualTo(2);
              assertThat(plugin.counters().all().accepted()).isZero();
            });
  }

  @Test
  void tryCastPassesFromSpark4On() throws InvalidProtocolBufferException {
    for (String version : List.of("4.0.0", "4.1.2", "4.2.0", "5.0.0-SNAPSHOT")) {
      Answer answer = send(ExtensionKind.EXPRESSION, "a", version);

      assertThat(answer).isInstanceOf(Answer.Node.class);
      assertThat(Expression.parseFrom(((Answer.Node) answer).bytes()).getCast().getEvalMode())
          .isEqualTo(EvalMode.EVAL_MODE_TRY);
    }
  }

  @Test
  void aServerThatDoesNotTellItsVersionIsTakenForTheOldest() {
    assertThat(refusal(ExtensionKind.EXPRESSION, "a", "nightly").text())
        .contains(
            "Spark Connect has that since 4.0; the server's version 'nightly' does not tell which fields it has,"
                + " so it is taken for 3.4, which would run the plan without it.");
    assertThat(send(ExtensionKind.RELATION, "a", "nightly")).isInstanceOf(Answer.Node.class);
  }

  @Test
  void ofNestedExtensionsTheOneToBlameIsNamed() {
    Relation plan = extension(TEXT, com.google.protobuf.StringValue.of("a").toByteString());

    assertThatThrownBy(() -> lower(plan, "3.5.7"))
        .isInstanceOf(GraftException.class)
        .hasMessageStartingWith("[GRAFT_ANSWER_UNSUPPORTED] " + plugin("Number"))
        .hasMessageNotContaining("acme.Numbers")
        .hasMessageNotContaining("last plugin to answer");
    assertThat(lower(plan, "4.0.1")).isNotEmpty();
  }

  @Test
  void whatTheClientSentIsNotThePluginsDoing() throws InvalidProtocolBufferException {
    Relation.Builder input = Relation.newBuilder();
    input
        .getProjectBuilder()
        .addExpressionsBuilder()
        .getCastBuilder()
        .setTypeStr("INT")
        .setEvalMode(EvalMode.EVAL_MODE_TRY);

    byte[] lowered = lower(extension(NODE, input.build().toByteString()), "3.5.7");

    assertThat(Relation.parseFrom(lowered).getLimit().getInput()).isEqualTo(input.build());
  }

  @Test
  void whatThePluginItselfPutsAroundTheClientsNodesIsChecked() {
    // The client's own plan ends in what the plugin makes of another extension in it.
    Relation inner = extension(TEXT, com.google.protobuf.StringValue.of("a").toByteString());

    assertThatThrownBy(() -> lower(extension(NODE, inner.toByteString()), "3.5.7"))
        .hasMessageStartingWith("[GRAFT_ANSWER_UNSUPPORTED] " + plugin("Number"));
  }

  @Test
  void rowsOfACommandAreChecked() {
    assertThat(refusal(ExtensionKind.COMMAND, "rows", "3.4.0").text())
        .startsWith(plugin("Deed"))
        .contains("spark.connect.Relation.html_string (at html_string)", "since 3.5");
    assertThat(send(ExtensionKind.COMMAND, "rows", "3.5.0")).isInstanceOf(Answer.Rows.class);
  }

  @Test
  void everyStandardCommandIsChecked() {
    assertThat(refusal(ExtensionKind.COMMAND, "several", "3.5.7").text())
        .startsWith(plugin("Deed"))
        .contains("spark.connect.Command.checkpoint_command", "since 4.0");
    assertThat(send(ExtensionKind.COMMAND, "several", "4.0.1")).isInstanceOf(Answer.Commands.class);
  }

  @Test
  void aMessageForTheClientIsNoneOfTheServers() {
    assertThat(send(ExtensionKind.COMMAND, "message", "3.4.0")).isInstanceOf(Answer.Message.class);
  }

  @Test
  void whatANativePluginGivesTheEngineIsChecked() {
    List<byte[]> planned = new ArrayList<>();
    Engine engine =
        new Engine() {
          @Override
          public Object session() {
            return "session";
          }

          @Override
          public Object relation(byte[] relation) {
            planned.add(relation);
            return "dataset";
          }

          @Override
          public Object expression(byte[] expression) {
            return "column";
          }
        };
    TestRequest old = server("3.4.0");

    assertThatThrownBy(
            () ->
                send(
                    ExtensionKind.RELATION,
                    PREFIX + "acme.v1.OfEngine",
                    new byte[0],
                    inside(old, engine)))
        .hasMessageStartingWith("[GRAFT_ANSWER_UNSUPPORTED] " + plugin("OfEngine"));
    assertThat(planned).isEmpty();
    assertThat(
            send(
                ExtensionKind.RELATION,
                PREFIX + "acme.v1.OfEngine",
                new byte[0],
                inside(server("3.5.0"), engine)))
        .isEqualTo(new Answer.EngineNode("dataset"));
    assertThat(planned).hasSize(1);
  }

  private static TestRequest inside(TestRequest request, Engine engine) {
    return new TestRequest(
        request.userId(),
        request.sessionId(),
        request.phase(),
        request.hostName(),
        request.connectVersion(),
        Optional.of(engine));
  }
}
