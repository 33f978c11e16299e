package dev.graft.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import dev.graft.api.Messages;
import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.HostFailure;
import dev.graft.registry.lowering.ExpansionBudget;
import dev.graft.registry.lowering.ExpansionLimits;
import dev.graft.registry.lowering.Lowering;
import dev.graft.registry.lowering.LoweringTable;
import dev.graft.registry.lowering.SchemaLimits;
import dev.graft.registry.testkit.SchemaHost;
import dev.graft.registry.testkit.TestRequest;
import dev.graft.registry.testkit.TestServer;
import dev.graft.testkit.jar.PluginJar;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that ask for schemas, well and badly. */
class SchemaQuestionsTest {
  private static final PluginJar PLUGINS =
      PluginJar.of(
              """
              /** Selects the columns of its input one by one, which it must know for that. */
              public class EveryColumn implements RelationPlugin<Relation> {
                public Class<Relation> messageType() { return Relation.class; }
                public Optional<Relation> transform(Relation input, PlanningContext context) {
                  Relation.Builder selected = Relation.newBuilder();
                  selected.getProjectBuilder().setInput(input);
                  for (var field : context.schema(input).getFieldsList()) {
                    selected.getProjectBuilder().addExpressionsBuilder().getUnresolvedAttributeBuilder().setUnparsedIdentifier(field.getName());
                  }
                  return Optional.of(selected.build());
                }
              }
              """,
              """
              public class Odd implements RelationPlugin<StringValue> {
                public Class<StringValue> messageType() { return StringValue.class; }
                public Optional<Relation> transform(StringValue deed, PlanningContext context) throws Exception {
                  Relation self = Relation.newBuilder().setExtension(Any.pack(deed)).build();
                  switch (deed.getValue()) {
                    case "self" -> context.schema(self);
                    case "many" -> { for (int i = 0; true; i++) context.schema(table("t" + i)); }
                    case "transpose" -> {
                      Relation.Builder transposed = Relation.newBuilder();
                      transposed.getTransposeBuilder().setInput(table("a"));
                      context.schema(transposed.build());
                    }
                    case "thread" -> {
                      var failure = new java.util.concurrent.atomic.AtomicReference<RuntimeException>();
                      Thread other = new Thread(() -> { try { context.schema(table("a")); } catch (RuntimeException e) { failure.set(e); } });
                      other.start();
                      other.join();
                      throw failure.get();
                    }
                    case "regardless" -> {
                      for (int i = 0; i < 3; i++) try { context.schema(table("")); } catch (RuntimeException e) { }
                    }
                    case "without" -> { try { context.schema(table("a")); } catch (dev.graft.spi.SchemaUnavailableException e) { } }
                    default -> {
                      if (!deed.getValue().startsWith("deeper")) throw new IllegalArgumentException(deed.getValue());
                      context.schema(Relation.newBuilder().setExtension(Any.pack(StringValue.of(deed.getValue() + "!"))).build());
                    }
                  }
                  return Optional.of(table("a"));
                }
                private static Relation table(String name) {
                  Relation.Builder table = Relation.newBuilder();
                  table.getReadBuilder().getNamedTableBuilder().setUnparsedIdentifier(name);
                  return table.build();
                }
              }
              """,
              """
              /** Writes over what it was told. */
              public class Scribbler implements ExtensionPlugin {
                public ExtensionKind kind() { return ExtensionKind.RELATION; }
                public Set<String> messageNames() { return Set.of("google.protobuf.BytesValue"); }
                public Optional<Answer> answer(Extension extension, HostContext context) throws Exception {
                  Relation.Builder table = Relation.newBuilder();
                  table.getReadBuilder().getNamedTableBuilder().setUnparsedIdentifier("a,b");
                  byte[] relation = table.build().toByteArray();
                  byte[] first = context.schema(relation);
                  byte[] untouched = first.clone();
                  Arrays.fill(first, (byte) 0);
                  byte[] second = context.schema(relation);
                  if (!Arrays.equals(second, untouched)) throw new IllegalStateException("it can");
                  Arrays.fill(second, (byte) 0);
                  if (!Arrays.equals(context.schema(relation), untouched)) throw new IllegalStateException("it can");
                  return Optional.of(new Answer.Node(relation));
                }
              }
              """)
          .manifest("Graft-Plugin-Id", "acme");

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // JUnit calls load first
  private Snapshot snapshot;

  @SuppressWarnings("NullAway.Init")
  private PlanLowering lowering;

  @SuppressWarnings("NullAway.Init")
  private SchemaHost host;

  @SuppressWarnings("NullAway.Init")
  private ExpansionBudget budget;

  @BeforeEach
  void load() {
    snapshot =
        new TestServer(folder)
            .install("acme.jar", PLUGINS)
            .relations("acme.EveryColumn", "acme.Odd", "acme.Scribbler")
            .start();
    assertThat(snapshot.report().refused()).isEmpty();
    lowering = new PlanLowering(new Lowering(LoweringTable.ofConnect()), snapshot.dispatcher());
    host(ExpansionLimits.DEFAULT, snapshot.schemaLimits());
  }

  private void host(ExpansionLimits expansion, SchemaLimits limits) {
    budget = new ExpansionBudget(expansion);
    host = new SchemaHost(lowering, budget, limits);
  }

  private Relation lower(Relation relation) {
    byte[] lowered = lowering.lower(ConnectType.RELATION, relation.toByteArray(), host, budget);
    return Messages.parse(
        ByteString.copyFrom(lowered), Relation.parser(), "spark.connect.Relation");
  }

  private GraftException refusal(Relation relation) {
    return catchThrowableOfType(GraftException.class, () -> lower(relation));
  }

  private static Relation table(String name) {
    Relation.Builder table = Relation.newBuilder();
    table.getReadBuilder().getNamedTableBuilder().setUnparsedIdentifier(name);
    return table.build();
  }

  private static Relation extension(Message message) {
    return Relation.newBuilder().setExtension(Any.pack(message)).build();
  }

  private static Relation odd(String deed) {
    return extension(StringValue.of(deed));
  }

  private static Relation nested(Relation relation, int times) {
    Relation nested = relation;
    for (int i = 0; i < times; i++) {
      nested = extension(nested);
    }
    return nested;
  }

  private static String plugin(String name) {
    return "acme." + name + " (acme, acme.jar)";
  }

  @Test
  void pluginWritesThePlanThatItsUserWouldWrite() {
    Relation lowered = lower(extension(table("country,name")));

    assertThat(lowered.getProject().getInput()).isEqualTo(table("country,name"));
    assertThat(lowered.getProject().getExpressionsList())
        .extracting(Expression::getUnresolvedAttribute)
        .extracting(Expression.UnresolvedAttribute::getUnparsedIdentifier)
        .containsExactly("country", "name");
    assertThat(host.asked).containsExactly(table("country,name"));
  }

  @Test
  void duplicateAndOddNamesComeAsTheyAre() {
    Relation lowered = lower(extension(table("a,a, ,b.c,`")));

    assertThat(lowered.getProject().getExpressionsList())
        .extracting(column -> column.getUnresolvedAttribute().getUnparsedIdentifier())
        .containsExactly("a", "a", " ", "b.c", "`");
  }

  @Test
  void hostIsAskedAboutLoweredRelationsAndOnceAboutEach() {
    lower(nested(table("a,b"), 40));

    assertThat(host.asked).hasSize(40);
    Set<Relation> different = new HashSet<>(host.asked);
    assertThat(different).hasSize(40).noneMatch(SchemaQuestionsTest::holdsExtension);
    // Each plugin is asked again for each answer that its extension is in, and no oftener.
    assertThat(snapshot.index().plugins().get(0).counters().all().accepted())
        .isEqualTo(40 * 41 / 2);
  }

  private static boolean holdsExtension(Relation relation) {
    Relation last = relation;
    while (last.hasProject()) {
      last = last.getProject().getInput();
    }
    return last.hasExtension();
  }

  @Test
  void asDeepAsTheLimitOnHalfOfTheUsualStack() throws Exception {
    AtomicReference<Object> outcome = new AtomicReference<>("nothing");
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                outcome.set(lower(nested(table("a"), SchemaLimits.DEFAULT_DEPTH)));
              } catch (Throwable e) {
                outcome.set(e);
              }
            },
            "small-stack",
            512 << 10);
    thread.start();
    thread.join();

    assertThat(outcome.get()).isInstanceOf(Relation.class);
    assertThat(host.asked).hasSize(SchemaLimits.DEFAULT_DEPTH);
  }

  @Test
  void oneDeeperThanTheLimitIsRefused() {
    GraftException refusal = refusal(nested(table("a"), SchemaLimits.DEFAULT_DEPTH + 1));

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_SCHEMA_TOO_DEEP);
    assertThat(refusal.text())
        .startsWith(
            "The plugin of the extension 'type.googleapis.com/spark.connect.Relation' asks for a schema inside 100 other such questions")
        .contains("spark.graft.limits.schema-depth");
    assertThat(lower(extension(table("a"))).hasProject()).isTrue();
  }

  @Test
  void questionThatLeadsBackToItselfIsRefusedAtOnce() {
    GraftException refusal = refusal(odd("self"));

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_SCHEMA_TOO_DEEP);
    assertThat(refusal.text())
        .contains(
            "asks for the schema of a relation that holds the extension itself, so there would be no end to it");
    assertThat(snapshot.index().plugins().get(1).counters().all().failed()).isEqualTo(2);
    assertThat(host.asked).isEmpty();
  }

  @Test
  void questionsThatAreNeverTheSameEndAtTheLimit() {
    assertThat(refusal(odd("deeper")).code()).isEqualTo(ErrorCode.GRAFT_SCHEMA_TOO_DEEP);
    assertThat(host.asked).isEmpty();
  }

  @Test
  void moreQuestionsThanTheLimitAreRefused() {
    host(ExpansionLimits.DEFAULT, new SchemaLimits(10, 7, 1_000, "graft-test."));

    GraftException refusal = refusal(odd("many"));

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_SCHEMA_TOO_LARGE);
    assertThat(refusal.text())
        .contains("one schema more than the 7", "graft-test.graft.limits.schema-questions");
    assertThat(host.asked).hasSize(7);
  }

  @Test
  void largerSchemasThanTheLimitAreRefused() {
    host(ExpansionLimits.DEFAULT, new SchemaLimits(10, 1_000, 100, "graft-test."));

    GraftException refusal = refusal(odd("many"));

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_SCHEMA_TOO_LARGE);
    assertThat(refusal.text())
        .contains("hold more than 100 bytes", "graft-test.graft.limits.schema-bytes");
    assertThat(host.asked).hasSizeBetween(2, 50);
  }

  @Test
  void whatIsLoweredForAQuestionCountsAmongTheAnswersOfTheRequest() {
    host(new ExpansionLimits(50, 30), snapshot.schemaLimits());

    assertThat(refusal(nested(table("a"), 10)).code())
        .isEqualTo(ErrorCode.GRAFT_EXPANSION_TOO_LARGE);

    host(new ExpansionLimits(5, 10_000), snapshot.schemaLimits());
    assertThat(refusal(nested(table("a"), 6)).code()).isEqualTo(ErrorCode.GRAFT_EXPANSION_TOO_DEEP);
    assertThat(lower(nested(table("a"), 5)).hasProject()).isTrue();
  }

  @Test
  void whatTheHostSaysAgainstARelationPassesThroughEveryPlugin() {
    assertThatThrownBy(() -> lower(nested(table(""), 5)))
        .isInstanceOfSatisfying(
            HostFailure.class,
            failure -> assertThat(failure.failure()).hasMessage("no such table"));
    assertThat(host.asked).hasSize(1);
  }

  @Test
  void hostIsNotAskedAgainByAPluginThatGoesOnRegardless() {
    assertThat(lower(odd("regardless"))).isEqualTo(table("a"));

    assertThat(host.asked).hasSize(1);
  }

  @Test
  void whatHasBeenForgottenIsAskedAgain() {
    lower(extension(table("a")));
    host.questions().forget();
    lower(extension(table("a")));

    assertThat(host.asked).hasSize(2);
  }

  @Test
  void pluginCannotChangeWhatOthersAreTold() {
    assertThat(lower(extension(BytesValue.getDefaultInstance()))).isEqualTo(table("a,b"));
    assertThat(host.asked).hasSize(1);
  }

  @Test
  void relationThatTheServersLineDoesNotKnowIsNotAskedAbout() {
    TestRequest some = TestRequest.SOME;
    TestRequest old =
        new TestRequest(
            some.userId(), some.sessionId(), some.phase(), "test", "3.5.7", some.engine());

    GraftException refusal =
        catchThrowableOfType(
            GraftException.class,
            () ->
                lowering.lower(ConnectType.RELATION, odd("transpose").toByteArray(), old, budget));

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_ANSWER_UNSUPPORTED);
    assertThat(refusal.text()).contains("spark.connect.Relation.transpose");
  }

  @Test
  void anotherThreadThanThePluginsIsRefused() {
    GraftException refusal = refusal(odd("thread"));

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_PLUGIN_FAILED);
    assertThat(refusal.text()).contains("on the thread that it was called on");
    assertThat(host.asked).isEmpty();
  }

  @Test
  void hostThatCannotTellSaysSo() {
    GraftException refusal =
        catchThrowableOfType(
            GraftException.class,
            () ->
                lowering.lower(
                    ConnectType.RELATION,
                    extension(table("a")).toByteArray(),
                    TestRequest.SOME,
                    budget));

    assertThat(refusal.code()).isEqualTo(ErrorCode.GRAFT_SCHEMA_UNAVAILABLE);
    assertThat(refusal.text())
        .startsWith("The host 'test' cannot tell the schema of a relation. Run the plugin in")
        .endsWith(
            "(asked by "
                + plugin("EveryColumn")
                + " on type.googleapis.com/spark.connect.Relation)");
  }

  @Test
  void pluginThatCanDoWithoutASchemaGoesOn() {
    assertThat(
            lowering.lower(
                ConnectType.RELATION, odd("without").toByteArray(), TestRequest.SOME, budget))
        .isEqualTo(table("a").toByteArray());
  }

  @Test
  void oneQuestionIsAnsweredForAllInAnyOrder() {
    Relation.Builder both = Relation.newBuilder();
    both.getJoinBuilder().setLeft(extension(table("a"))).setRight(extension(table("a")));

    lower(both.build());

    assertThat(host.asked).isEqualTo(List.of(table("a")));
  }
}
