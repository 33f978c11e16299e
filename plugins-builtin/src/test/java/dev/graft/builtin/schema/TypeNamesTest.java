package dev.graft.builtin.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.testkit.schema.Schemas;
import org.apache.spark.connect.proto.DataType;
import org.junit.jupiter.api.Test;

class TypeNamesTest {
  @Test
  void typesAreNamedAsSparkDoes() {
    assertThat(
            TypeNames.of(Schemas.type("MAP<STRING, ARRAY<STRUCT<a: DECIMAL(10,2), b: BIGINT>>>")))
        .isEqualTo("map<string,array<struct<a:decimal(10,2),b:bigint>>>");
    assertThat(TypeNames.of(Schemas.type("TIMESTAMP_NTZ"))).isEqualTo("timestamp_ntz");
  }

  @Test
  void endlessTypesEnd() {
    DataType type = Schemas.type("INT");
    for (int depth = 0; depth < 10_000; depth++) {
      type =
          DataType.newBuilder().setArray(DataType.Array.newBuilder().setElementType(type)).build();
    }

    assertThat(TypeNames.of(type)).endsWith("array<…" + ">".repeat(50));
    assertThat(TypeKinds.isComparable(type)).isTrue();
  }
}
