package dev.graft.api.node;

import com.google.protobuf.ByteString;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.Expression.Literal;
import org.jspecify.annotations.Nullable;

/**
 * Literals of every type there is. {@link Nodes#literal} makes an expression of them.
 *
 * <p>Times are kept to the microsecond; what is finer is cut off.
 */
public final class Literals {
  private static final int MAXIMUM_PRECISION = 38;

  private Literals() {}

  /**
   * The literal that a Java value stands for.
   *
   * <table>
   *   <caption>Java classes and Spark types</caption>
   *   <tr><th>Java</th><th>Spark</th></tr>
   *   <tr><td>{@code null}</td><td>VOID</td></tr>
   *   <tr><td>Boolean, Byte, Short, Integer, Long</td>
   *       <td>BOOLEAN, TINYINT, SMALLINT, INT, BIGINT</td></tr>
   *   <tr><td>Float, Double, BigDecimal</td><td>FLOAT, DOUBLE, DECIMAL</td></tr>
   *   <tr><td>String; byte[] or ByteString</td><td>STRING; BINARY</td></tr>
   *   <tr><td>LocalDate; Instant; LocalDateTime</td><td>DATE; TIMESTAMP; TIMESTAMP_NTZ</td></tr>
   *   <tr><td>LocalTime</td><td>TIME, since Spark 4.1, where the server allows it</td></tr>
   *   <tr><td>Period without days; Duration</td>
   *       <td>INTERVAL YEAR TO MONTH; INTERVAL DAY TO SECOND</td></tr>
   *   <tr><td>Literal</td><td>itself</td></tr>
   * </table>
   *
   * @throws IllegalArgumentException if the class is none of these, or the value is out of the
   *     Spark type's range
   */
  public static Literal of(@Nullable Object value) {
    if (value == null) {
      return ofNull(type().setNull(DataType.NULL.getDefaultInstance()).build());
    }
    if (value instanceof Literal given) {
      return given;
    }
    if (value instanceof Boolean bool) {
      return Literal.newBuilder().setBoolean(bool).build();
    }
    if (value instanceof String string) {
      return Literal.newBuilder().setString(string).build();
    }
    if (value instanceof byte[] bytes) {
      return of(ByteString.copyFrom(bytes));
    }
    if (value instanceof ByteString bytes) {
      return Literal.newBuilder().setBinary(bytes).build();
    }
    if (value instanceof Number number) {
      return number(number);
    }
    return time(value);
  }

  private static Literal number(Number number) {
    if (number instanceof Integer) {
      return Literal.newBuilder().setInteger(number.intValue()).build();
    }
    if (number instanceof Long) {
      return Literal.newBuilder().setLong(number.longValue()).build();
    }
    if (number instanceof Double) {
      return Literal.newBuilder().setDouble(number.doubleValue()).build();
    }
    if (number instanceof BigDecimal decimal) {
      return decimal(decimal);
    }
    if (number instanceof Float) {
      return Literal.newBuilder().setFloat(number.floatValue()).build();
    }
    if (number instanceof Short) {
      return Literal.newBuilder().setShort(number.intValue()).build();
    }
    if (number instanceof Byte) {
      return Literal.newBuilder().setByte(number.intValue()).build();
    }
    throw noLiteral(number);
  }

  private static Literal time(Object value) {
    if (value instanceof LocalDate date) {
      return Literal.newBuilder().setDate(Math.toIntExact(date.toEpochDay())).build();
    }
    if (value instanceof Instant instant) {
      return Literal.newBuilder().setTimestamp(micros(instant)).build();
    }
    if (value instanceof LocalDateTime local) {
      return Literal.newBuilder().setTimestampNtz(micros(local.toInstant(ZoneOffset.UTC))).build();
    }
    if (value instanceof Duration duration) {
      long micros = micros(duration.getSeconds(), duration.getNano());
      return Literal.newBuilder().setDayTimeInterval(micros).build();
    }
    if (value instanceof Period period && period.withDays(0).equals(period)) {
      int months = Math.toIntExact(period.toTotalMonths());
      return Literal.newBuilder().setYearMonthInterval(months).build();
    }
    if (value instanceof LocalTime time) {
      return TimeLiteral.of(time);
    }
    throw noLiteral(value);
  }

  private static IllegalArgumentException noLiteral(Object value) {
    return new IllegalArgumentException(
        "There is no literal for the "
            + value.getClass().getName()
            + " '"
            + value
            + "'. Give null, a Boolean, Byte, Short, Integer, Long, Float, Double, BigDecimal,"
            + " String, byte[], ByteString, LocalDate, LocalTime, Instant, LocalDateTime, Duration,"
            + " a Period without days or a Literal.");
  }

  private static long micros(Instant instant) {
    return micros(instant.getEpochSecond(), instant.getNano());
  }

  private static long micros(long seconds, int nanos) {
    return Math.addExact(Math.multiplyExact(seconds, 1_000_000L), nanos / 1_000L);
  }

  /**
   * Spark wants a precision no less than the scale, and no negative scale. Digits are counted
   * before any are written out, since a short text can stand for a billion of them.
   */
  private static Literal decimal(BigDecimal value) {
    long integral = (long) value.precision() - Math.min(value.scale(), 0);
    long digits = Math.max(integral, value.scale());
    if (digits > MAXIMUM_PRECISION) {
      throw new IllegalArgumentException(
          "The decimal "
              + value
              + " has "
              + digits
              + " digits. Spark keeps at most "
              + MAXIMUM_PRECISION
              + ".");
    }
    BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
    Literal.Decimal.Builder decimal =
        Literal.Decimal.newBuilder()
            .setValue(plain.toPlainString())
            .setPrecision((int) digits)
            .setScale(plain.scale());
    return Literal.newBuilder().setDecimal(decimal).build();
  }

  /** A null of a type. */
  public static Literal ofNull(DataType type) {
    return Literal.newBuilder().setNull(type).build();
  }

  /** An interval whose three parts are kept apart, since months and days differ in length. */
  public static Literal calendarInterval(int months, int days, long microseconds) {
    return Literal.newBuilder()
        .setCalendarInterval(
            Literal.CalendarInterval.newBuilder()
                .setMonths(months)
                .setDays(days)
                .setMicroseconds(microseconds))
        .build();
  }

  /**
   * An array. A {@code List} given to {@link Nodes#literal} may hold nulls and is understood by
   * every line.
   *
   * @param elementType the type of every element
   * @throws IllegalArgumentException if an element is null
   */
  @SuppressWarnings("deprecation") // the field that replaces the type came with Spark 4.1
  public static Literal array(DataType elementType, List<Literal> elements) {
    requireNoNull(elements);
    return Literal.newBuilder()
        .setArray(Literal.Array.newBuilder().setElementType(elementType).addAllElements(elements))
        .build();
  }

  /**
   * An array of the type of its first element.
   *
   * @throws IllegalArgumentException if there is no element, or one is null
   */
  public static Literal array(List<Literal> elements) {
    return array(commonType(elements), elements);
  }

  /**
   * A map of the types of its first entry, in the map's order. Since Spark 3.5; a {@code Map} given
   * to {@link Nodes#literal} is understood earlier.
   *
   * @throws IllegalArgumentException if there is no entry, or a key or value is null
   */
  public static Literal map(Map<Literal, Literal> entries) {
    List<Literal> keys = List.copyOf(entries.keySet());
    List<Literal> values = List.copyOf(entries.values());
    return map(commonType(keys), commonType(values), entries);
  }

  /**
   * A map, in the map's order. Since Spark 3.5.
   *
   * @throws IllegalArgumentException if a key or value is null
   */
  @SuppressWarnings("deprecation") // the field that replaces the types came with Spark 4.1
  public static Literal map(DataType keyType, DataType valueType, Map<Literal, Literal> entries) {
    requireNoNull(entries.keySet());
    requireNoNull(entries.values());
    Literal.Map.Builder map =
        Literal.Map.newBuilder()
            .setKeyType(keyType)
            .setValueType(valueType)
            .addAllKeys(entries.keySet())
            .addAllValues(entries.values());
    return Literal.newBuilder().setMap(map).build();
  }

  /**
   * A struct, its fields in the map's order. Since Spark 3.5; earlier {@code named_struct} does.
   */
  @SuppressWarnings("deprecation") // the field that replaces the type came with Spark 4.1
  public static Literal struct(Map<String, Literal> fields) {
    requireNoNull(fields.values());
    Literal.Struct.Builder struct =
        Literal.Struct.newBuilder()
            .setStructType(LiteralTypes.struct(fields))
            .addAllElements(fields.values());
    return Literal.newBuilder().setStruct(struct).build();
  }

  /** Spark 3.4 reads a null within a literal as the type's zero, without a word. */
  private static void requireNoNull(Collection<Literal> values) {
    if (values.stream().anyMatch(Literal::hasNull)) {
      throw new IllegalArgumentException(
          "There is a null within an array, map or struct literal, which Spark 3.4 reads as zero."
              + " Give Nodes.literal a List or Map, or call named_struct.");
    }
  }

  private static DataType commonType(List<Literal> values) {
    return values.stream()
        .findFirst()
        .map(LiteralTypes::of)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "An empty array or map has no type. Give the type with it."));
  }

  private static DataType.Builder type() {
    return DataType.newBuilder();
  }
}
