package dev.graft.builtin.schema;

import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.connect.proto.DataType;

/**
 * Names of types as Spark's {@code simpleString} has them, for example {@code
 * array<decimal(10,2)>}. Whether parts may be null does not show, so types of one name hold the
 * same values.
 */
public final class TypeNames {
  /** Deeper types end in an ellipsis; a server's types are not trusted to be shallow. */
  private static final int DEEPEST = 50;

  private TypeNames() {}

  /** The name of a type. */
  public static String of(DataType type) {
    return of(type, DEEPEST);
  }

  private static String of(DataType type, int depth) {
    if (depth == 0) {
      return "…";
    }
    return switch (type.getKindCase()) {
      case BYTE -> "tinyint";
      case SHORT -> "smallint";
      case INTEGER -> "int";
      case LONG -> "bigint";
      case NULL -> "void";
      case CALENDAR_INTERVAL -> "interval";
      case DECIMAL -> decimal(type.getDecimal());
      case DAY_TIME_INTERVAL -> "interval day " + of(type.getDayTimeInterval());
      case YEAR_MONTH_INTERVAL -> "interval year " + of(type.getYearMonthInterval());
      case ARRAY -> "array<" + of(type.getArray().getElementType(), depth - 1) + ">";
      case MAP ->
          "map<"
              + of(type.getMap().getKeyType(), depth - 1)
              + ","
              + of(type.getMap().getValueType(), depth - 1)
              + ">";
      case STRUCT ->
          type.getStruct().getFieldsList().stream()
              .map(field -> field.getName() + ":" + of(field.getDataType(), depth - 1))
              .collect(Collectors.joining(",", "struct<", ">"));
      default -> type.getKindCase().name().toLowerCase(Locale.ROOT);
    };
  }

  private static String decimal(DataType.Decimal decimal) {
    return "decimal("
        + (decimal.hasPrecision() ? decimal.getPrecision() : 10)
        + ","
        + decimal.getScale()
        + ")";
  }

  private static String of(DataType.DayTimeInterval interval) {
    return interval.getStartField() + " to " + interval.getEndField();
  }

  private static String of(DataType.YearMonthInterval interval) {
    return interval.getStartField() + " to " + interval.getEndField();
  }
}
