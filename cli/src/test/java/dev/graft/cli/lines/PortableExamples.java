package dev.graft.cli.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.acme.frames.v1.About;
import com.acme.frames.v1.AboutReply;
import com.acme.frames.v1.CountNulls;
import com.acme.frames.v1.Mask;
import com.acme.frames.v1.Publish;
import com.acme.frames.v1.Remark;
import com.acme.frames.v1.Summarize;
import com.acme.frames.v1.TopK;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import dev.graft.api.node.Nodes;
import dev.graft.encoder.CommandAnswer;
import dev.graft.encoder.ConnectSession;
import dev.graft.encoder.Extensions;
import dev.graft.encoder.RequestFailedException;
import dev.graft.encoder.Rows;
import java.util.List;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Relation;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What the portable example jars answer, wherever they run: inside a server of each line, and in
 * front of servers that know nothing of them. A client can't tell where.
 */
public abstract class PortableExamples {
  protected static final Relation CITIES =
      Nodes.rows(
              "country string, name string, thousands int",
              Nodes.row("de", "Ulm", 120),
              Nodes.row("de", "Bonn", 330),
              Nodes.row("de", "Kiel", 246),
              Nodes.row("at", "Graz", 303),
              Nodes.row("at", "Linz", 213))
          .build();

  /** The client's session. */
  protected abstract ConnectSession session();

  /** The host's name and the server's version, as plugins are told them. */
  protected abstract List<String> hostAndVersion();

  @Test
  void relationOfThePortableJar() {
    Relation topK = topK(CITIES, 1);

    assertThat(rows(Nodes.relation(topK).sort(Nodes.column("name").asc()).build()))
        .containsExactly(List.of("de", "Bonn", 330), List.of("at", "Graz", 303));
  }

  @Test
  void relationInsideARelation() {
    Relation best = topK(topK(CITIES, 2), 1);

    assertThat(rows(best))
        .containsExactlyInAnyOrder(List.of("de", "Bonn", 330), List.of("at", "Graz", 303));
  }

  @Test
  void expressionOfThePortableJar() {
    Expression mask =
        Extensions.expression(
            Mask.newBuilder()
                .setInput(Nodes.column("name").build())
                .setKeep(2)
                .setWith("#")
                .build());

    assertThat(
            rows(
                Nodes.relation(CITIES)
                    .select(Nodes.expression(mask).as("masked"))
                    .limit(2)
                    .build()))
        .containsExactly(List.of("#lm"), List.of("##nn"));
  }

  @Test
  void commandThatAnswersWithRows() {
    CommandAnswer answer =
        execute(Summarize.newBuilder().setInput(topK(CITIES, 1)).setColumn("thousands").build());

    assertThat(answer).isInstanceOf(CommandAnswer.Rows.class);
    assertThat(rows(((CommandAnswer.Rows) answer).relation()))
        .containsExactly(List.of(2L, 303, 330, 316.5));
  }

  @Test
  void commandThatStandsForAStandardCommand() {
    CommandAnswer answer =
        execute(Publish.newBuilder().setInput(CITIES).setView("published").build());

    assertThat(answer).isInstanceOf(CommandAnswer.Nothing.class);
    assertThat(rows(Nodes.table("published").build())).hasSize(5);
  }

  @Test
  void commandThatAnswersWithAMessage() throws Exception {
    CommandAnswer answer = execute(About.getDefaultInstance());

    AboutReply reply = ((CommandAnswer.Message) answer).message().unpack(AboutReply.class);
    assertThat(List.of(reply.getHost(), reply.getConnectVersion())).isEqualTo(hostAndVersion());
  }

  @Test
  void commandThatAnswersWithNothing() {
    assertThat(execute(Remark.newBuilder().setText("seen").build()))
        .isInstanceOf(CommandAnswer.Nothing.class);
  }

  @Test
  void relationOfTheJarThatCarriesAnOlderProtobuf() {
    // acme.legacy.v1.Stamp { input = 1, column = 2, text = 3 }; its classes are of another protobuf
    // than this test's.
    UnknownFieldSet stamp =
        UnknownFieldSet.newBuilder()
            .addField(1, bytes(CITIES.toByteString()))
            .addField(3, bytes(ByteString.copyFromUtf8("by   Acme")))
            .build();

    assertThat(rows(stamp(stamp)))
        .hasSize(5)
        .allSatisfy(row -> assertThat(row.get(3)).isEqualTo("by Acme"));
    // The protobuf of that jar finds what it does not know as well.
    assertNewer(
        () -> rows(stamp(stamp.toBuilder().addField(9, varint(1)).build())),
        "field 9 of acme.legacy.v1.Stamp",
        "com.acme.legacy.StampPlugin (acme-legacy");
  }

  private static Relation stamp(UnknownFieldSet fields) {
    return Extensions.relation("type.googleapis.com/acme.legacy.v1.Stamp", fields.toByteString());
  }

  @Test
  void whatAClientSendsThatThePluginIsTooOldForIsRefused() {
    UnknownFieldSet later = UnknownFieldSet.newBuilder().addField(9, varint(1)).build();
    Relation newer =
        Extensions.relation(
            TopK.newBuilder()
                .setInput(CITIES)
                .setOrderBy("name")
                .setK(1)
                .setUnknownFields(later)
                .build());
    String topK = "field 9 of acme.frames.v1.TopK";
    String plugin = "com.acme.frames.TopKPlugin (acme-frames";

    assertNewer(() -> rows(newer), topK, plugin);
    assertNewer(() -> rows(topK(newer, 1)), topK, plugin);
    assertNewer(
        () -> rows(Extensions.relation(CountNulls.newBuilder().setInput(newer).build())),
        topK,
        plugin);
    assertNewer(
        () -> execute(Remark.newBuilder().setText("seen").setUnknownFields(later).build()),
        "field 9 of acme.frames.v1.Remark");
  }

  /** Refused for what the plugin does not know, in words that name it. */
  protected static void assertNewer(ThrowingCallable call, String... texts) {
    RequestFailedException refusal = catchThrowableOfType(RequestFailedException.class, call);
    assertThat(refusal)
        .hasMessageContainingAll(texts)
        .hasMessageContaining("GRAFT_EXTENSION_NEWER")
        .hasMessageContaining("The plugin is older than the client: update the plugin");
  }

  @Test
  void relationOfTheJarWithoutProtobuf() {
    assertThat(rows(sequence("type.googleapis.com/")))
        .containsExactly(List.of(4L), List.of(7L), List.of(10L));
  }

  @Test
  void relationThatAsksForTheColumnsOfItsInput() {
    Relation odd =
        Nodes.sql(
                "SELECT 1 AS a, CAST(NULL AS STRING) AS a, CAST(NULL AS INT) AS `b.c`, 'x' AS ` `, 2 AS `ü``q`")
            .build();

    assertThat(rows(countNulls(odd)))
        .containsExactly(
            List.of("a", 0L),
            List.of("a", 1L),
            List.of("b.c", 1L),
            List.of(" ", 0L),
            List.of("ü`q", 0L));
    assertThat(rows(countNulls(Nodes.range(0).select().build()))).isEmpty();
    assertThat(session().schema(countNulls(odd)).getStruct().getFieldsList())
        .extracting(field -> field.getName())
        .containsExactly("column", "nulls");
  }

  @Test
  void relationsThatAskInsideOneAnother() {
    Relation nested = topK(CITIES, 1);
    for (int level = 0; level < 5; level++) {
      nested = countNulls(nested);
    }

    assertThat(rows(nested)).containsExactly(List.of("column", 0L), List.of("nulls", 0L));
    assertThat(rows(topK(countNulls(CITIES), "nulls", "column", 2)))
        .containsExactlyInAnyOrder(List.of("thousands", 0L), List.of("name", 0L));
  }

  @Test
  void relationThatAsksAboutAViewOfTheSession() {
    execute(Publish.newBuilder().setInput(countNulls(CITIES)).setView("counted").build());

    assertThat(rows(countNulls(Nodes.table("counted").build())))
        .containsExactly(List.of("column", 0L), List.of("nulls", 0L));
    execute(Publish.newBuilder().setInput(CITIES).setView("counted").build());
    assertThat(rows(countNulls(Nodes.table("counted").build()))).hasSize(3);
  }

  @Test
  void errorInAnInputThatIsAskedAboutIsTheClientsOwn() {
    Relation noTable = Nodes.table("there_is_no_such_table").build();
    Relation noColumn = Nodes.relation(CITIES).select(Nodes.column("mayor")).build();

    for (Relation wrong : List.of(noTable, noColumn)) {
      RequestFailedException own = refusal(() -> session().schema(wrong));
      RequestFailedException asked = refusal(() -> rows(topK(countNulls(countNulls(wrong)), 1)));
      assertThat(asked.status()).isEqualTo(own.status());
      assertThat(asked.errorCode()).isEqualTo(own.errorCode());
      assertThat(withoutIds(asked))
          .isEqualTo(withoutIds(own))
          .containsAnyOf("there_is_no_such_table", "mayor")
          .doesNotContain("GRAFT_");
    }
  }

  @Test
  void moreThatAskInsideOneAnotherThanTheLimitAreRefused() {
    Relation nested = CITIES;
    for (int level = 0; level < 101; level++) {
      nested = countNulls(nested);
    }
    Relation tooDeep = nested;

    if (hostAndVersion().get(0).equals("spark") && !hostAndVersion().get(1).startsWith("3.")) {
      // There the innermost is answered first, so that no question waits for another.
      assertThat(rows(tooDeep)).containsExactly(List.of("column", 0L), List.of("nulls", 0L));
      return;
    }
    assertThat(refusal(() -> rows(tooDeep)))
        .hasMessageContaining("[GRAFT_SCHEMA_TOO_DEEP]")
        .hasMessageContaining("graft.limits.schema-depth");
  }

  @Test
  void schemaOfAnExtensionIsAnalysed() {
    assertThat(session().schema(topK(CITIES, 1)).getStruct().getFieldsList())
        .extracting(field -> field.getName())
        .containsExactly("country", "name", "thousands");
  }

  protected final List<List<@Nullable Object>> rows(Relation relation) {
    try (Rows rows = session().rows(relation)) {
      return rows.toList();
    }
  }

  protected final CommandAnswer execute(Message command) {
    return session().execute(Extensions.command(command));
  }

  /** Spark numbers the columns of each plan it analyses anew. */
  private static String withoutIds(RequestFailedException failure) {
    return String.valueOf(failure.getMessage()).replaceAll("#\\d+", "#");
  }

  private static RequestFailedException refusal(ThrowingCallable request) {
    return catchThrowableOfType(RequestFailedException.class, request);
  }

  protected static Relation countNulls(Relation input) {
    return Extensions.relation(CountNulls.newBuilder().setInput(input).build());
  }

  protected static Relation topK(Relation input, int k) {
    return topK(input, "country", "thousands", k);
  }

  protected static Relation topK(Relation input, String by, String orderBy, int k) {
    return Extensions.relation(
        TopK.newBuilder()
            .setInput(input)
            .addBy(by)
            .setOrderBy(orderBy)
            .setK(k)
            .setDescending(true)
            .build());
  }

  /** {@code acme.waist.v1.Sequence}: 4, 7, 10. */
  protected static Relation sequence(String typeUrlPrefix) {
    UnknownFieldSet sequence =
        UnknownFieldSet.newBuilder()
            .addField(1, varint(4))
            .addField(2, varint(11))
            .addField(3, varint(3))
            .build();
    return Extensions.relation(typeUrlPrefix + "acme.waist.v1.Sequence", sequence.toByteString());
  }

  private static UnknownFieldSet.Field bytes(ByteString value) {
    return UnknownFieldSet.Field.newBuilder().addLengthDelimited(value).build();
  }

  private static UnknownFieldSet.Field varint(long value) {
    return UnknownFieldSet.Field.newBuilder().addVarint(value).build();
  }
}
