package dev.graft.builtin.parquet;

import dev.graft.api.node.Nodes;
import dev.graft.builtin.filesystem.FolderForContracts;
import dev.graft.builtin.v1.ParquetMetadata;
import dev.graft.servers.SparkLine;
import dev.graft.testkit.Server;
import dev.graft.testkit.spark.SparkPlace;
import dev.graft.testkit.spark.contract.NativePluginContract;
import java.nio.file.Path;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.WriteOperation;

class ParquetMetadataContractIT extends NativePluginContract {
  private static final Path NUMBERS = FolderForContracts.ROOT.resolveSibling("numbers.parquet");

  @Override
  protected Object plugin() {
    return new ParquetMetadataPlugin();
  }

  @Override
  protected Map<String, String> settings() {
    return FolderForContracts.SETTINGS;
  }

  /** Has the server write a file, whose metadata it is then asked for. */
  @BeforeProperty
  void writeNumbers() {
    WriteOperation write =
        WriteOperation.newBuilder()
            .setInput(Nodes.range(100).build())
            .setSource("parquet")
            .setPath(NUMBERS.toString())
            .setMode(WriteOperation.SaveMode.SAVE_MODE_OVERWRITE)
            .build();
    try (Server server = new SparkPlace(SparkLine.of(line())).open(plugins()).orElseThrow()) {
      var unused = server.execute(Command.newBuilder().setWriteOperation(write).build());
    }
  }

  @Override
  protected Arbitrary<ParquetMetadata> messages() {
    Arbitrary<String> paths =
        Arbitraries.of(
            NUMBERS.toString(),
            NUMBERS + "/*",
            NUMBERS + "/_SUCCESS",
            NUMBERS + "/none",
            "",
            "nowhere://numbers",
            "[");
    return Combinators.combine(paths.list().ofMaxSize(2), Arbitraries.integers().between(0, 3))
        .as(
            (some, level) ->
                ParquetMetadata.newBuilder()
                    .addPaths(NUMBERS.toString())
                    .addAllPaths(some)
                    .setLevelValue(level)
                    .build());
  }
}
