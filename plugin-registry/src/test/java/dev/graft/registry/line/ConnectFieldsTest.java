package dev.graft.registry.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.graft.registry.descriptor.ConnectType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.connect.proto.Aggregate;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.ExpressionCommon;
import org.apache.spark.connect.proto.Origin;
import org.apache.spark.connect.proto.PythonOrigin;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.RelationCommon;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which field which line has. */
class ConnectFieldsTest {
  private static final Expression TRY_CAST =
      Expression.newBuilder()
          .setCast(
              Expression.Cast.newBuilder()
                  .setTypeStr("INT")
                  .setEvalMode(Expression.Cast.EvalMode.EVAL_MODE_TRY))
          .build();

  private static Optional<UnknownField> unknown(String version, Relation relation) {
    return ConnectFields.of(version).firstUnknown(ConnectType.RELATION, relation.toByteArray());
  }

  private static Optional<UnknownField> unknown(String version, Expression expression) {
    return ConnectFields.of(version).firstUnknown(ConnectType.EXPRESSION, expression.toByteArray());
  }

  @Test
  void aFieldIsNamedWithItsPathAndTheLineItCameWith() {
    Relation.Builder project = Relation.newBuilder();
    project.getProjectBuilder().addExpressions(TRY_CAST);

    UnknownField unknown = unknown("3.5.7", project.build()).orElseThrow();

    assertThat(unknown.describe()).isEqualTo("spark.connect.Expression.Cast.eval_mode");
    assertThat(unknown.path()).isEqualTo("project.expressions.cast.eval_mode");
    assertThat(unknown.since()).hasToString("4.0");
  }

  @Test
  void aValueOfAnEnumIsNamedWithItsField() {
    Relation.Builder sets = Relation.newBuilder();
    sets.getAggregateBuilder().setGroupType(Aggregate.GroupType.GROUP_TYPE_GROUPING_SETS);

    assertThat(unknown("3.5", sets.build()).orElseThrow().describe())
        .isEqualTo("the value GROUP_TYPE_GROUPING_SETS of spark.connect.Aggregate.group_type");
    assertThat(unknown("4.0", sets.build())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "3.5, spark.connect.Relation.html_string",
    "3.5, spark.connect.SQL.pos_args",
    "4.0, spark.connect.SQL.pos_arguments",
    "4.0, spark.connect.Relation.as_of_join",
    "4.0, spark.connect.WriteOperation.clustering_columns",
    "4.1, spark.connect.Expression.Literal.time",
    "4.1, spark.connect.Plan.compressed_operation",
    "4.2, spark.connect.Relation.nearest_by_join",
    "4.2, spark.connect.Catalog.drop_table"
  })
  void aFieldIsThereFromItsLineOn(String line, String field) {
    String type = field.substring(0, field.lastIndexOf('.'));
    String name = field.substring(field.lastIndexOf('.') + 1);
    for (String other : LineDescriptors.LINES) {
      FieldDescriptor there =
          LineDescriptors.of(other).messages().containsKey(type)
              ? LineDescriptors.of(other).message(type).findFieldByName(name)
              : null;

      assertThat(there != null).as("%s in %s", field, other).isEqualTo(other.compareTo(line) >= 0);
    }
  }

  @Test
  void theTableSaysWhatTheDescriptorsOfEachLineSay() {
    // See FieldTable: these change no result.
    Set<String> harmless =
        Set.of(
            "spark.connect.RelationCommon.origin",
            "spark.connect.Expression.common",
            "spark.connect.ExpressionCommon.origin");
    Set<String> linesSeen = new TreeSet<>();
    int fields = 0;
    for (Descriptor message : LineDescriptors.of(LineDescriptors.NEWEST).messages().values()) {
      for (FieldDescriptor field : message.getFields()) {
        String expected = harmless.contains(field.getFullName()) ? "3.4" : firstLineOf(field);
        assertThat(KnownLines.table().message(message.getFullName()).field(field.getNumber()))
            .as(field.getFullName())
            .isNotNull()
            .matches(known -> known.name().equals(field.getName()))
            .matches(known -> LineDescriptors.LINES.get(known.since()).equals(expected));
        linesSeen.add(expected);
        fields++;
      }
    }
    assertThat(linesSeen).containsExactlyElementsOf(LineDescriptors.LINES);
    assertThat(fields).isGreaterThan(1000);
  }

  private static String firstLineOf(FieldDescriptor field) {
    return LineDescriptors.LINES.stream()
        .filter(
            line -> {
              Descriptor message =
                  LineDescriptors.of(line).messages().get(field.getContainingType().getFullName());
              return message != null && message.findFieldByNumber(field.getNumber()) != null;
            })
        .findFirst()
        .orElseThrow();
  }

  @Test
  void noLineLacksAFieldOfAnEarlierOneThatAServerReads() {
    // Then a plugin that emits what 3.4 knows is right everywhere. 3.5.0 had two more, both of
    // CachedLocalRelation and without a reader.
    for (int i = 1; i < LineDescriptors.LINES.size(); i++) {
      LineDescriptors later = LineDescriptors.of(LineDescriptors.LINES.get(i));
      LineDescriptors.of(LineDescriptors.LINES.get(i - 1))
          .messages()
          .forEach(
              (name, message) ->
                  message
                      .getFields()
                      .forEach(
                          field ->
                              assertThat(later.message(name).findFieldByNumber(field.getNumber()))
                                  .as(field.getFullName())
                                  .isNotNull()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3.4.0, 3.4, false",
    "3.5.3, 3.5, false",
    "3.5, 3.5, false",
    "3.5.0-amzn-1, 3.5, false",
    "3.6.0, 3.5, false",
    "4.0.0-preview1, 4.0, false",
    "4.2.0, 4.2, false",
    "4.3.0-SNAPSHOT, 4.2, false",
    "17.3, 4.2, false",
    "3.3.2, 3.4, true",
    "'', 3.4, true",
    "4, 3.4, true",
    "four, 3.4, true",
    "99999999999.1, 3.4, true"
  })
  void aVersionCountsAsTheNearestKnownLineThatIsNotLater(
      String version, String line, boolean guess) {
    ConnectFields fields = ConnectFields.of(version);

    assertThat(fields.line()).hasToString(line);
    assertThat(fields.isGuess()).isEqualTo(guess);
    assertThat(fields.areOfNewestLine()).isEqualTo(line.equals(LineDescriptors.NEWEST));
  }

  @Test
  void theLinesAreThoseThatGraftRunsIn() {
    assertThat(ConnectFields.lines().stream().map(ConnectLine::toString))
        .containsExactlyElementsOf(LineDescriptors.LINES);
  }

  @Test
  void aNewerServerThanAnyKnownHasNothingToLookFor() {
    assertThat(unknown("5.0.0", TRY_CAST)).isEmpty();
    assertThat(unknown("3.4.0", TRY_CAST)).isPresent();
  }

  @Test
  void whereANodeWasMadeMayBeIgnored() {
    Origin origin =
        Origin.newBuilder().setPythonOrigin(PythonOrigin.newBuilder().setFragment("col")).build();
    Relation relation =
        Relation.newBuilder().setCommon(RelationCommon.newBuilder().setOrigin(origin)).build();
    Expression expression =
        Expression.newBuilder().setCommon(ExpressionCommon.newBuilder().setOrigin(origin)).build();

    assertThat(unknown("3.4", relation)).isEmpty();
    assertThat(unknown("3.4", expression)).isEmpty();
    assertThat(unknown("3.4", expression.toBuilder().mergeFrom(TRY_CAST).build())).isPresent();
  }

  @Test
  void anExtensionIsNotLookedInto() {
    Relation extension =
        Relation.newBuilder()
            .setExtension(Any.newBuilder().setTypeUrl("a/b").setValue(TRY_CAST.toByteString()))
            .build();

    assertThat(unknown("3.4", extension)).isEmpty();
  }

  @Test
  void fieldsThatNoLineHasPass() {
    byte[] field5000And18Thousand = {
      (byte) 0xC0, (byte) 0xB8, 2, 1, (byte) 0xC0, (byte) 0xE8, 8, 7
    };

    assertThat(ConnectFields.of("3.4").firstUnknown(ConnectType.RELATION, field5000And18Thousand))
        .isEmpty();
  }

  @Test
  void whatIsCutOffIsLookedAtUpToThere() {
    byte[] whole = TRY_CAST.toByteArray();
    ByteString twice = TRY_CAST.toByteString().concat(ByteString.copyFrom(whole, 0, 4));

    assertThat(ConnectFields.of("3.4").firstUnknown(ConnectType.EXPRESSION, twice.toByteArray()))
        .isPresent();
    for (int length = 0; length < whole.length - 2; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      assertThat(ConnectFields.of("3.4").firstUnknown(ConnectType.EXPRESSION, cut)).isEmpty();
    }
  }

  @Test
  void everyRootIsKnown() {
    assertThat(List.of(ConnectType.values()))
        .allSatisfy(
            type -> assertThat(ConnectFields.of("3.4").firstUnknown(type, new byte[0])).isEmpty());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KnownLines.table().message("spark.connect.Nothing"))
        .withMessage("No Connect line has a message spark.connect.Nothing");
  }
}
