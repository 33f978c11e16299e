package dev.graft.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.graft.spi.PlanningException;
import dev.graft.spi.SchemaUnavailableException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Limit;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Range;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanningContextTest {
  private final PlanningContext context = new PlanningContext(new FixedHost());

  @Test
  void readsARelationThatCameAsBytesAsDeepAsSparkDoes() {
    // A relation and its limit are two messages, and the range at the bottom the last of 1,024.
    Relation deepest = limits(511);

    assertThat(context.relation(deepest.toByteString())).isEqualTo(deepest);
    assertThatThrownBy(() -> context.relation(limits(512).toByteString()))
        .isInstanceOf(PlanningException.class)
        .hasMessageContaining("are not a spark.connect.Relation")
        .hasMessageContaining("too many levels of nesting");
  }

  @ParameterizedTest
  @CsvSource({
    "4.0.0, true",
    "4.0, true",
    "4.10.0, true",
    "5.0.0-SNAPSHOT, true",
    "10.0, true",
    "3.5.7, false",
    "3.10.0, false",
    "40, false",
    "'', false",
    "sail, false",
    "99999999999.0, false",
  })
  void tellsWhetherTheServerIsOfALineOrALaterOne(String version, boolean atLeast) {
    PlanningContext of = new PlanningContext(new FixedHost(Optional.empty(), version));

    assertThat(of.connectIsAtLeast(4, 0)).isEqualTo(atLeast);
  }

  @Test
  void readsTheRootOfAPlanThatCameAsBytes() {
    Plan plan = Plan.newBuilder().setRoot(limits(3)).build();

    assertThat(context.planRoot(plan.toByteString())).isEqualTo(limits(3));
    assertThat(context.planRoot(plan)).isEqualTo(limits(3));
  }

  @Test
  void refusesAPlanOfACommandWhereARelationIsWanted() {
    Plan plan = Plan.newBuilder().setCommand(Command.getDefaultInstance()).build();

    assertThatThrownBy(() -> context.planRoot(plan.toByteString()))
        .isInstanceOf(PlanningException.class)
        .hasMessage(
            "The nested plan holds COMMAND where a root relation is wanted. Send the plan of a DataFrame.");
  }

  @Test
  void refusesBytesThatAreCutShort() {
    ByteString cut = limits(3).toByteString().substring(0, 5);

    assertThatThrownBy(() -> context.relation(cut))
        .isInstanceOf(PlanningException.class)
        .hasMessageStartingWith("The 5 bytes given are not a spark.connect.Relation: ");
  }

  @Test
  void readsAnExpressionThatCameAsBytes() {
    Expression star =
        Expression.newBuilder()
            .setUnresolvedStar(Expression.UnresolvedStar.getDefaultInstance())
            .build();

    assertThat(context.expression(star.toByteString())).isEqualTo(star);
  }

  @Test
  void schemaIsWhatTheHostTellsDuplicatesAndOddNamesIncluded() {
    DataType.Struct.Builder columns = DataType.Struct.newBuilder();
    for (String name : List.of("a", "a", "b.c", " ", "`", "")) {
      columns.addFieldsBuilder().setName(name).getDataTypeBuilder().getLongBuilder();
    }
    DataType struct = DataType.newBuilder().setStruct(columns).build();

    assertThat(contextTelling(struct).schema(limits(1))).isEqualTo(struct.getStruct());
  }

  @Test
  void hostThatCannotTellASchemaSaysSoWithItsCode() {
    assertThatThrownBy(() -> context.schema(limits(1)))
        .isInstanceOfSatisfying(
            SchemaUnavailableException.class,
            refusal -> assertThat(refusal.text()).startsWith("The host 'test' cannot tell"))
        .hasMessageStartingWith("[GRAFT_SCHEMA_UNAVAILABLE] The host 'test' cannot tell")
        .hasMessageContaining("give a test's host the schemas that it is to tell");
  }

  @Test
  void hostThatTellsNoStructIsAtFault() {
    DataType text = DataType.newBuilder().setString(DataType.String.getDefaultInstance()).build();

    assertThatThrownBy(() -> contextTelling(text).schema(limits(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The host 'test' describes a relation by STRING where a struct is wanted.");
  }

  private static PlanningContext contextTelling(DataType schema) {
    return new PlanningContext(new FixedHost(Optional.of(schema), "4.2.0"));
  }

  @Test
  void tellsWhatTheHostTells() {
    assertThat(context.userId()).isEqualTo("ada");
    assertThat(context.hostName()).isEqualTo("test");
    assertThat(context.connectVersion()).isEqualTo("4.2.0");
    assertThat(context.settings()).containsEntry("unit", "km");
  }

  private static Relation limits(int count) {
    Relation relation =
        Relation.newBuilder().setRange(Range.newBuilder().setEnd(3).setStep(1)).build();
    for (int i = 0; i < count; i++) {
      relation =
          Relation.newBuilder().setLimit(Limit.newBuilder().setInput(relation).setLimit(1)).build();
    }
    return relation;
  }
}
