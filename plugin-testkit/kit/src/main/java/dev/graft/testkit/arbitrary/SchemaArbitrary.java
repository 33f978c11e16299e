package dev.graft.testkit.arbitrary;

import dev.graft.testkit.schema.Schemas;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCases;
import net.jqwik.api.RandomGenerator;
import org.apache.spark.connect.proto.DataType;

/** Schemas of a few columns. */
record SchemaArbitrary() implements Arbitrary<DataType.Struct> {
  private static final int MOST_COLUMNS = 8;

  private static final List<DataType> TYPES =
      List.of(
              "BOOLEAN",
              "TINYINT",
              "SMALLINT",
              "INT",
              "BIGINT",
              "FLOAT",
              "DOUBLE",
              "DECIMAL(38, 18)",
              "STRING",
              "BINARY",
              "DATE",
              "TIMESTAMP",
              "TIMESTAMP_NTZ",
              "VOID",
              "ARRAY<STRING>",
              "MAP<STRING, INT>",
              "STRUCT<a: INT, `b.c`: ARRAY<DOUBLE>>")
          .stream()
          .map(Schemas::type)
          .toList();

  @Override
  public RandomGenerator<DataType.Struct> generator(int genSize) {
    return random -> new MessageShrinkable<>(columns(random));
  }

  private static DataType.Struct columns(Random random) {
    ScalarValues names = new ScalarValues(random);
    DataType.Struct.Builder struct = DataType.Struct.newBuilder();
    for (int columns = random.nextInt(MOST_COLUMNS + 1); columns > 0; columns--) {
      struct.addFields(
          DataType.StructField.newBuilder()
              .setName(names.text())
              .setDataType(TYPES.get(random.nextInt(TYPES.size())))
              .setNullable(random.nextBoolean()));
    }
    return struct.build();
  }

  @Override
  public EdgeCases<DataType.Struct> edgeCases(int maxEdgeCases) {
    return EdgeCases.none();
  }
}
