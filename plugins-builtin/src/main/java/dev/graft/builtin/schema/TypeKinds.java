package dev.graft.builtin.schema;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.spark.connect.proto.DataType;

/** What can be done with values of a type. */
public final class TypeKinds {
  private TypeKinds() {}

  /** Whether it is a number. */
  public static boolean isNumber(DataType type) {
    return isInteger(type) || isFloating(type) || type.hasDecimal();
  }

  /** Whether it is a number without a fraction, other than a decimal. */
  public static boolean isInteger(DataType type) {
    return type.hasByte() || type.hasShort() || type.hasInteger() || type.hasLong();
  }

  /** Whether it is a number that may also be NaN or infinite. */
  public static boolean isFloating(DataType type) {
    return type.hasFloat() || type.hasDouble();
  }

  /** Whether it is a date, or a date with a time. */
  public static boolean isDateOrTimestamp(DataType type) {
    return type.hasDate() || type.hasTimestamp() || type.hasTimestampNtz();
  }

  /** Whether it is not made of other types, and its values have an order. */
  public static boolean isSimple(DataType type) {
    return isNumber(type)
        || isDateOrTimestamp(type)
        || type.hasBoolean()
        || type.hasString()
        || type.hasChar()
        || type.hasVarChar()
        || type.hasBinary()
        || type.hasDayTimeInterval()
        || type.hasYearMonthInterval()
        || type.hasTime();
  }

  /** Whether values can be compared by {@code <=>}: there is no map, variant or object in it. */
  public static boolean isComparable(DataType type) {
    Deque<DataType> open = new ArrayDeque<>();
    open.push(type);
    while (!open.isEmpty()) {
      DataType next = open.pop();
      if (next.hasArray()) {
        open.push(next.getArray().getElementType());
      } else if (next.hasStruct()) {
        next.getStruct().getFieldsList().forEach(field -> open.push(field.getDataType()));
      } else if (!isSimple(next) && !next.hasNull() && !next.hasCalendarInterval()) {
        return false;
      }
    }
    return true;
  }
}
