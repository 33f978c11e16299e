package dev.graft.testkit.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.connect.proto.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schemas as people write them. */
class SchemasTest {
  @Test
  void columnsHaveNamesTypesAndNullability() {
    DataType.Struct columns =
        Schemas.of(
            "id BIGINT NOT NULL, `a ``b``.c` STRING COMMENT 'it is, so', tags array<string>,"
                + " at map<string, decimal(10,2)>, place struct<x: double not null, `y z`: double>");

    assertThat(columns.getFieldsList())
        .extracting(DataType.StructField::getName)
        .containsExactly("id", "a `b`.c", "tags", "at", "place");
    assertThat(columns.getFields(0).getNullable()).isFalse();
    assertThat(columns.getFields(1).getNullable()).isTrue();
    assertThat(columns.getFields(2).getDataType().getArray().getElementType().hasString()).isTrue();
    DataType.Decimal decimal =
        columns.getFields(3).getDataType().getMap().getValueType().getDecimal();
    assertThat(decimal.getPrecision()).isEqualTo(10);
    assertThat(decimal.getScale()).isEqualTo(2);
    DataType.Struct place = columns.getFields(4).getDataType().getStruct();
    assertThat(place.getFields(0).getNullable()).isFalse();
    assertThat(place.getFields(1).getName()).isEqualTo("y z");
  }

  @Test
  void noTextIsNoColumns() {
    assertThat(Schemas.of("  ").getFieldsCount()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id | a type is due at character 2",
        "id BIGINTEGER | a type that is known here, instead of 'biginteger', is due",
        "id INT name STRING | the end or a comma is due at character 7",
        "a ARRAY<INT | '>' is due at character 11",
        "a DECIMAL(x) | a number is due at character 10",
        "a INT NOT | 'null' is due at character 9",
        "a INT; b INT | a word or sign is due at character 5"
      })
  void whatCannotBeReadIsSaidWithItsPlace(String columns, String text) {
    assertThatThrownBy(() -> Schemas.of(columns))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }
}
