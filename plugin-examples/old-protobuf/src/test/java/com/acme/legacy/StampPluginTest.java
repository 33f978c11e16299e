package com.acme.legacy;

import static dev.graft.api.node.Nodes.column;
import static dev.graft.api.node.Nodes.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.legacy.v1.Stamp;
import com.google.protobuf.GeneratedMessageV3;
import com.google.protobuf.Message;
import dev.graft.api.PlanningContext;
import dev.graft.api.node.Aggregates;
import dev.graft.api.node.CommandNodes;
import dev.graft.api.node.FrameBound;
import dev.graft.api.node.Lambdas;
import dev.graft.api.node.Literals;
import dev.graft.api.node.Nodes;
import dev.graft.api.node.RelationNode;
import dev.graft.api.node.Windows;
import dev.graft.spi.Engine;
import dev.graft.spi.HostContext;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs on protobuf 3.23 and the Connect messages of Spark 3.5, for which nothing was compiled. */
class StampPluginTest {
  private static final RelationNode T = Nodes.table("t");

  private record Host(
      String userId,
      String sessionId,
      Phase phase,
      String hostName,
      String connectVersion,
      Map<String, String> settings,
      Optional<Engine> engine)
      implements HostContext {}

  private static final PlanningContext CONTEXT =
      new PlanningContext(
          new Host(
              "", "", HostContext.Phase.EXECUTION, "test", "3.5.7", Map.of(), Optional.empty()));

  @Test
  void theMessagesAreOfProtobuf3() {
    assertThat(Stamp.getDefaultInstance()).isInstanceOf(GeneratedMessageV3.class);
    assertThat(Relation.getDefaultInstance()).isInstanceOf(GeneratedMessageV3.class);
  }

  @Test
  void everyRowGetsTheText() {
    Relation stamped =
        new StampPlugin()
            .transform(
                Stamp.newBuilder().setInput(T.build()).setText(" two \t words ").build(), CONTEXT)
            .orElseThrow();

    assertThat(stamped).isEqualTo(T.select(Nodes.star(), Nodes.literal("two words").as("stamp")).build());
    assertThatThrownBy(() -> new StampPlugin().transform(Stamp.getDefaultInstance(), CONTEXT))
        .hasMessage("Stamp has no input. Set the relation to stamp.");
  }

  static Stream<Message> nodes() {
    return Stream.of(
        Nodes.rows("a INT, b STRING", row(1, "x")).build(),
        Nodes.rows("a INT").build(),
        Nodes.read("csv").schema("a INT").option("header", "true").load("/x").build(),
        Nodes.sql("SELECT :a", Map.of("a", 1)).build(),
        Nodes.sql("SELECT ?", List.of(1)).build(),
        T.drop("a").rename("b", "c").toDF("d").toSchema("d INT").build(),
        T.filter(column("a").in(1, null)).sort(column("a").desc()).limit(1).offset(1).build(),
        T.distinct().deduplicate("a").sample(0.5, 1).hint("broadcast").alias("t").build(),
        T.repartition(2).coalesce(1).repartition(2, column("a")).build(),
        T.unpivot(List.of(), List.of(column("a")), "n", "v").build(),
        T.join(T).left().using("a").crossJoin(T).union(T).unionByName(T, true).build(),
        T.groupBy(column("a")).pivot(column("b"), 1, "x").agg(Aggregates.count()).build(),
        Windows.rowNumber()
            .over(
                Windows.orderBy(column("a").asc())
                    .rowsBetween(FrameBound.preceding(1), FrameBound.unbounded()))
            .build(),
        Lambdas.transform(column("a"), x -> x.plus(1)).build(),
        Nodes.when(column("a").isNull(), 1).otherwise(2).cast("STRING").as("x").build(),
        column("s").withField("x", 1).dropField("y").getItem("z").build(),
        Nodes.nullOf("INT").build(),
        Nodes.literal(List.of(Map.of("a", 1))).build(),
        Literals.array(List.of(Literals.map(Map.of(Literals.of(1), Literals.of("x"))))),
        Literals.struct(Map.of("a", Literals.of(1))),
        Literals.calendarInterval(1, 2, 3),
        CommandNodes.createTempView("v", T),
        CommandNodes.sql("SELECT :a", Map.of("a", 1)),
        CommandNodes.write(T).format("parquet").overwrite().bucketBy(2, "a").asTable("x"));
  }

  @ParameterizedTest
  @MethodSource("nodes")
  void theBuilderWorksOnOldMessages(Message node) throws Exception {
    assertThat(node.getParserForType().parseFrom(node.toByteArray())).isEqualTo(node);
  }

  @Test
  void literalsOfEveryTypeThatTheseMessagesKnow() {
    for (Object value :
        new Object[] {
          true, (byte) 1, (short) 1, 1, 1L, 1f, 1d, BigDecimal.ONE, "x", new byte[1],
          LocalDate.EPOCH, Instant.EPOCH, LocalDateTime.MIN.withYear(1), Period.ofMonths(1),
          Duration.ZERO
        }) {
      assertThat(Literals.of(value).getSerializedSize()).isPositive();
    }
  }

  @Test
  void onlyWhatIsNewerFailsAndOnlyWhenItIsAskedFor() {
    assertThatThrownBy(() -> Literals.of(LocalTime.NOON)).isInstanceOf(LinkageError.class);
    assertThatThrownBy(() -> column("a").tryCast("INT")).isInstanceOf(LinkageError.class);
    assertThatThrownBy(() -> Nodes.sql("SELECT :a", Map.of("a", column("b"))))
        .isInstanceOf(LinkageError.class);
  }
}
