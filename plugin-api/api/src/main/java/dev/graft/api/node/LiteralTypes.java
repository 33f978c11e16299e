package dev.graft.api.node;

import java.util.Map;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.Expression.Literal;

/** The type of a literal, which an array, map or struct around it has to name. */
@SuppressWarnings("deprecation") // the field that replaces the nested types came with Spark 4.1
final class LiteralTypes {
  private LiteralTypes() {}

  static DataType of(Literal literal) {
    DataType.Builder type = DataType.newBuilder();
    switch (literal.getLiteralTypeCase()) {
      case BINARY -> type.setBinary(DataType.Binary.getDefaultInstance());
      case BOOLEAN -> type.setBoolean(DataType.Boolean.getDefaultInstance());
      case BYTE -> type.setByte(DataType.Byte.getDefaultInstance());
      case SHORT -> type.setShort(DataType.Short.getDefaultInstance());
      case INTEGER -> type.setInteger(DataType.Integer.getDefaultInstance());
      case LONG -> type.setLong(DataType.Long.getDefaultInstance());
      case FLOAT -> type.setFloat(DataType.Float.getDefaultInstance());
      case DOUBLE -> type.setDouble(DataType.Double.getDefaultInstance());
      case DECIMAL -> type.setDecimal(decimal(literal.getDecimal()));
      case STRING -> type.setString(DataType.String.getDefaultInstance());
      case DATE -> type.setDate(DataType.Date.getDefaultInstance());
      case TIMESTAMP -> type.setTimestamp(DataType.Timestamp.getDefaultInstance());
      case TIMESTAMP_NTZ -> type.setTimestampNtz(DataType.TimestampNTZ.getDefaultInstance());
      case CALENDAR_INTERVAL ->
          type.setCalendarInterval(DataType.CalendarInterval.getDefaultInstance());
      case YEAR_MONTH_INTERVAL ->
          type.setYearMonthInterval(DataType.YearMonthInterval.getDefaultInstance());
      case DAY_TIME_INTERVAL ->
          type.setDayTimeInterval(DataType.DayTimeInterval.getDefaultInstance());
      case ARRAY -> type.setArray(array(literal.getArray()));
      case MAP -> type.setMap(map(literal.getMap()));
      case STRUCT -> {
        return literal.getStruct().getStructType();
      }
      default ->
          throw new IllegalArgumentException(
              "A literal "
                  + literal.getLiteralTypeCase()
                  + " cannot stand in an array, map or struct literal. Use Nodes.call(\"array\", …).");
    }
    return type.build();
  }

  static DataType struct(Map<String, Literal> fields) {
    DataType.Struct.Builder struct = DataType.Struct.newBuilder();
    fields.forEach(
        (name, value) ->
            struct.addFields(
                DataType.StructField.newBuilder()
                    .setName(name)
                    .setDataType(of(value))
                    .setNullable(true)));
    return DataType.newBuilder().setStruct(struct).build();
  }

  private static DataType.Decimal decimal(Literal.Decimal decimal) {
    return DataType.Decimal.newBuilder()
        .setPrecision(decimal.getPrecision())
        .setScale(decimal.getScale())
        .build();
  }

  private static DataType.Array array(Literal.Array array) {
    return DataType.Array.newBuilder()
        .setElementType(array.getElementType())
        .setContainsNull(true)
        .build();
  }

  private static DataType.Map map(Literal.Map map) {
    return DataType.Map.newBuilder()
        .setKeyType(map.getKeyType())
        .setValueType(map.getValueType())
        .setValueContainsNull(true)
        .build();
  }
}
