package dev.graft.builtin.context;

import dev.graft.builtin.filesystem.FolderForContracts;
import dev.graft.builtin.v1.SparkContextSettings;
import dev.graft.servers.SparkLine;
import dev.graft.testkit.Graft;
import dev.graft.testkit.Server;
import dev.graft.testkit.spark.SparkPlace;
import dev.graft.testkit.spark.contract.NativePluginContract;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

class SparkContextSettingsContractIT extends NativePluginContract {
  @Override
  protected Object plugin() {
    return new SparkContextSettingsPlugin();
  }

  @Override
  protected Map<String, String> settings() {
    return FolderForContracts.SETTINGS;
  }

  /** The folder for checkpoints among it, which is no session's. */
  @Override
  protected Object state(Server server) {
    // In a session of its own: the rows of a command's answer are a view of the session's.
    try (Server other = new SparkPlace(SparkLine.of(line())).open(plugins()).orElseThrow()) {
      return other
          .execute(Graft.command(SparkContextSettings.getDefaultInstance()))
          .map(other::rows)
          .orElseThrow();
    }
  }

  @Override
  protected Arbitrary<SparkContextSettings> messages() {
    Arbitrary<String> folders =
        Arbitraries.of(
            "",
            FolderForContracts.ROOT.resolve("checkpoints/mine").toString(),
            FolderForContracts.ROOT.resolve("checkpoints/../closed").toString());
    Arbitrary<Map<String, String>> properties =
        Arbitraries.maps(
                Arbitraries.of("spark.scheduler.pool", "spark.test.note"),
                Arbitraries.of("", "a", "größe", "b", "c", "x".repeat(1_001)))
            .ofMaxSize(2);
    return Combinators.combine(
            folders, Arbitraries.of("", "nightly", "weekly", "x".repeat(1_001)), properties)
        .as(
            (folder, description, local) ->
                SparkContextSettings.newBuilder()
                    .setCheckpointFolder(folder)
                    .setJobDescription(description)
                    .putAllLocalProperties(local)
                    .build());
  }
}
