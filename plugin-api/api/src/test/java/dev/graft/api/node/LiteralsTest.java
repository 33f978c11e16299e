package dev.graft.api.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.spark.connect.proto.Expression.Literal;
import org.apache.spark.connect.proto.Expression.Literal.LiteralTypeCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LiteralsTest {
  static Stream<Arguments> everyType() {
    return Stream.of(
        arguments(null, LiteralTypeCase.NULL),
        arguments(new byte[] {1}, LiteralTypeCase.BINARY),
        arguments(true, LiteralTypeCase.BOOLEAN),
        arguments((byte) 1, LiteralTypeCase.BYTE),
        arguments((short) 1, LiteralTypeCase.SHORT),
        arguments(1, LiteralTypeCase.INTEGER),
        arguments(1L, LiteralTypeCase.LONG),
        arguments(1.5f, LiteralTypeCase.FLOAT),
        arguments(1.5, LiteralTypeCase.DOUBLE),
        arguments(new BigDecimal("1.50"), LiteralTypeCase.DECIMAL),
        arguments("text", LiteralTypeCase.STRING),
        arguments(LocalDate.EPOCH, LiteralTypeCase.DATE),
        arguments(Instant.EPOCH, LiteralTypeCase.TIMESTAMP),
        arguments(LocalDateTime.of(2026, 1, 1, 0, 0), LiteralTypeCase.TIMESTAMP_NTZ),
        arguments(Literals.calendarInterval(1, 2, 3), LiteralTypeCase.CALENDAR_INTERVAL),
        arguments(Period.ofMonths(14), LiteralTypeCase.YEAR_MONTH_INTERVAL),
        arguments(Duration.ofDays(1), LiteralTypeCase.DAY_TIME_INTERVAL),
        arguments(Literals.array(List.of(Literals.of(1))), LiteralTypeCase.ARRAY),
        arguments(Literals.map(Map.of(Literals.of("a"), Literals.of(1))), LiteralTypeCase.MAP),
        arguments(Literals.struct(Map.of("a", Literals.of(1))), LiteralTypeCase.STRUCT),
        arguments(LocalTime.NOON, LiteralTypeCase.TIME));
  }

  @ParameterizedTest
  @MethodSource("everyType")
  void everyTypeComesBackFromItsBytes(Object value, LiteralTypeCase type) throws Exception {
    Literal literal = Nodes.literal(value).build().getLiteral();

    assertThat(Literal.parseFrom(literal.toByteArray()).getLiteralTypeCase()).isEqualTo(type);
  }

  @Test
  void noTypeIsMissing() {
    Set<LiteralTypeCase> covered =
        everyType().map(row -> (LiteralTypeCase) row.get()[1]).collect(Collectors.toSet());
    // A packed form of an array, which says nothing that an array does not say.
    covered.add(LiteralTypeCase.SPECIALIZED_ARRAY);
    covered.add(LiteralTypeCase.LITERALTYPE_NOT_SET);

    assertThat(covered).isEqualTo(EnumSet.allOf(LiteralTypeCase.class));
  }

  @Test
  void timesAreInMicroseconds() {
    assertThat(Literals.of(Instant.parse("1970-01-01T00:00:01.000002999Z")).getTimestamp())
        .isEqualTo(1_000_002);
    assertThat(Literals.of(Duration.ofSeconds(-5, 1_000)).getDayTimeInterval())
        .isEqualTo(-4_999_999);
  }

  @Property
  void aDecimalKeepsItsValueAndFitsItsPrecision(
      @ForAll long digits, @ForAll @IntRange(min = -19, max = 38) int scale) {
    BigDecimal value = BigDecimal.valueOf(digits, scale);
    Literal.Decimal decimal = Literals.of(value).getDecimal();

    assertThat(new BigDecimal(decimal.getValue())).isEqualByComparingTo(value);
    assertThat(decimal.getScale()).isBetween(0, decimal.getPrecision());
  }

  @Test
  void aDecimalOfMoreThan38DigitsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Literals.of(new BigDecimal("1E+38")))
        .withMessage("The decimal 1E+38 has 39 digits. Spark keeps at most 38.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Literals.of(new BigDecimal("1E+2000000000")))
        .withMessageContaining("2000000001 digits");
  }

  @Test
  void aClassWithoutALiteralIsRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Nodes.literal(Thread.State.NEW))
        .withMessageStartingWith("There is no literal for the java.lang.Thread$State 'NEW'.");
    assertThatIllegalArgumentException().isThrownBy(() -> Nodes.literal(Period.ofDays(1)));
  }

  @Test
  void aNullWithinALiteralIsRefusedSinceAnOldServerTakesItForZero() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Literals.array(List.of(Literals.of(1), Literals.of(null))))
        .withMessageContaining("Give Nodes.literal a List");
    assertThatIllegalArgumentException().isThrownBy(() -> Literals.array(List.of()));
  }

  @Test
  void listsAndMapsAreCallsThatEveryLineKnows() {
    assertThat(Nodes.literal(Arrays.asList(1, null)))
        .isEqualTo(Nodes.call("array", Nodes.literal(1), Nodes.literal(null)));
    assertThat(Nodes.literal(Map.of("a", 1))).isEqualTo(Nodes.call("map", "a", 1));
  }
}
