package dev.graft.testkit.schema;

import org.apache.spark.connect.proto.DataType;

/** Reads a schema's text, which the author of the test has written. For one text. */
final class SchemaReader {
  private final SchemaTokens tokens;

  SchemaReader(String text) {
    this.tokens = new SchemaTokens(text);
  }

  DataType.Struct columns() {
    DataType.Struct.Builder struct = DataType.Struct.newBuilder();
    if (!tokens.atEnd()) {
      do {
        struct.addFields(field());
      } while (tokens.take(","));
    }
    requireEnd();
    return struct.build();
  }

  DataType wholeType() {
    DataType type = type();
    requireEnd();
    return type;
  }

  private void requireEnd() {
    if (!tokens.atEnd()) {
      throw tokens.unreadable("the end or a comma");
    }
  }

  private DataType.StructField field() {
    DataType.StructField.Builder field =
        DataType.StructField.newBuilder().setName(tokens.identifier()).setNullable(true);
    tokens.take(":");
    field.setDataType(type());
    if (tokens.take("not")) {
      tokens.require("null");
      field.setNullable(false);
    }
    if (tokens.take("comment")) {
      tokens.identifier();
    }
    return field.build();
  }

  private DataType type() {
    String name = tokens.word();
    DataType.Builder type = DataType.newBuilder();
    switch (name) {
      case "void" -> type.getNullBuilder();
      case "boolean" -> type.getBooleanBuilder();
      case "tinyint", "byte" -> type.getByteBuilder();
      case "smallint", "short" -> type.getShortBuilder();
      case "int", "integer" -> type.getIntegerBuilder();
      case "bigint", "long" -> type.getLongBuilder();
      case "float", "real" -> type.getFloatBuilder();
      case "double" -> type.getDoubleBuilder();
      case "string" -> type.getStringBuilder();
      case "binary" -> type.getBinaryBuilder();
      case "date" -> type.getDateBuilder();
      case "timestamp", "timestamp_ltz" -> type.getTimestampBuilder();
      case "timestamp_ntz" -> type.getTimestampNtzBuilder();
      case "interval" -> type.getCalendarIntervalBuilder();
      case "variant" -> type.getVariantBuilder();
      case "decimal", "dec", "numeric" -> type.setDecimal(decimal());
      case "char", "character" -> type.getCharBuilder().setLength(length());
      case "varchar" -> type.getVarCharBuilder().setLength(length());
      case "array" -> type.setArray(array());
      case "map" -> type.setMap(map());
      case "struct" -> type.setStruct(struct());
      default -> throw tokens.unreadable("a type that is known here, instead of '" + name + "',");
    }
    return type.build();
  }

  private DataType.Decimal decimal() {
    DataType.Decimal.Builder decimal = DataType.Decimal.newBuilder().setPrecision(10).setScale(0);
    if (tokens.take("(")) {
      decimal.setPrecision(tokens.number());
      if (tokens.take(",")) {
        decimal.setScale(tokens.number());
      }
      tokens.require(")");
    }
    return decimal.build();
  }

  private int length() {
    tokens.require("(");
    int length = tokens.number();
    tokens.require(")");
    return length;
  }

  private DataType.Array array() {
    tokens.require("<");
    DataType element = type();
    tokens.require(">");
    return DataType.Array.newBuilder().setElementType(element).setContainsNull(true).build();
  }

  private DataType.Map map() {
    tokens.require("<");
    DataType key = type();
    tokens.require(",");
    DataType value = type();
    tokens.require(">");
    return DataType.Map.newBuilder()
        .setKeyType(key)
        .setValueType(value)
        .setValueContainsNull(true)
        .build();
  }

  private DataType.Struct struct() {
    DataType.Struct.Builder struct = DataType.Struct.newBuilder();
    tokens.require("<");
    if (!tokens.take(">")) {
      do {
        struct.addFields(field());
      } while (tokens.take(","));
      tokens.require(">");
    }
    return struct.build();
  }
}
