package dev.graft.registry.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.Refusal;
import dev.graft.registry.invoke.PluginOrigin;
import dev.graft.registry.testkit.TestServer;
import dev.graft.spi.Answer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.spi.HostContext;
import dev.graft.spi.NativePlugin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an operator reads in the log when the server has started. */
class LoadReportTest {
  private static class Declining implements ExtensionPlugin {
    private final ExtensionKind kind;
    private final Set<String> messageNames;

    Declining(ExtensionKind kind, Set<String> messageNames) {
      this.kind = kind;
      this.messageNames = messageNames;
    }

    @Override
    public ExtensionKind kind() {
      return kind;
    }

    @Override
    public Set<String> messageNames() {
      return messageNames;
    }

    @Override
    public Optional<Answer> answer(Extension extension, HostContext context) {
      return Optional.empty();
    }
  }

  private static final class NativeDeclining extends Declining implements NativePlugin {
    NativeDeclining(ExtensionKind kind, Set<String> messageNames) {
      super(kind, messageNames);
    }
  }

  private static LoadReport.Loaded loaded(
      String className, String id, ExtensionPlugin plugin, int millis) {
    PluginOrigin origin =
        new PluginOrigin(
            id,
            id.isEmpty() ? "" : "1.2",
            id.isEmpty() ? "Spark's own plugin interface" : "/plugins/" + id + ".jar");
    return new LoadReport.Loaded(
        TestServer.loaded(plugin, className, origin), Duration.ofMillis(millis));
  }

  @Test
  void theReportSaysWhatWasLoadedFromWhereAndWhatNotAndWhy() {
    LoadReport report =
        new LoadReport(
            "Spark 4.2.0",
            List.of(
                loaded(
                    "acme.TopKPlugin",
                    "acme",
                    new Declining(ExtensionKind.RELATION, Set.of("acme.v1.TopK")),
                    12),
                loaded(
                    "acme.MaskPlugin",
                    "acme",
                    new NativeDeclining(
                        ExtensionKind.EXPRESSION, Set.of("acme.v1.Mask", "acme.v1.Hash")),
                    3),
                loaded(
                    "org.old.Plugin",
                    "",
                    new NativeDeclining(ExtensionKind.COMMAND, Set.of("google.protobuf.Any")),
                    0)),
            List.of(
                new Refusal(
                    "acme.Gone",
                    ErrorCode.GRAFT_CLASS_MISSING,
                    "acme.Gone is in no jar of graft.plugins.path [/plugins] and not on the server's class path. Add its jar, or mend the"
                        + " name.",
                    false)),
            List.of("The folder /plugins in spark.graft.plugins.path has no jar in it."),
            Duration.ofMillis(140));

    assertThat(report.text())
        .isEqualTo(
            """
            Graft in Spark 4.2.0: 3 plugins loaded, 1 refused
              relation   acme.v1.TopK                acme.TopKPlugin (acme 1.2, /plugins/acme.jar), portable, 12 ms
              expression acme.v1.Hash, acme.v1.Mask  acme.MaskPlugin (acme 1.2, /plugins/acme.jar), native, 3 ms
              command    google.protobuf.Any         org.old.Plugin (Spark's own plugin interface), native, 0 ms
              refused    GRAFT_CLASS_MISSING         acme.Gone is in no jar of graft.plugins.path [/plugins] and not on the server's \
            class path. Add its jar, or mend the name.
              warning    The folder /plugins in spark.graft.plugins.path has no jar in it.""");
    assertThat(report.tookByPlugins()).isEqualTo(Duration.ofMillis(15));
  }

  @Test
  void columnsStayInLineBesideAPluginOfManyMessages() {
    LoadReport report =
        new LoadReport(
            "Spark 4.2.0",
            List.of(
                loaded(
                    "acme.AllPlugin",
                    "acme",
                    new Declining(
                        ExtensionKind.RELATION,
                        Set.of(
                            "acme.frames.v1.First",
                            "acme.frames.v1.Second",
                            "acme.frames.v1.Third")),
                    1)),
            List.of(new Refusal("other", ErrorCode.GRAFT_PLUGIN_MISSING, "It is nowhere.", true)),
            List.of(),
            Duration.ZERO);

    assertThat(report.text())
        .isEqualTo(
            """
            Graft in Spark 4.2.0: 1 plugin loaded, 1 refused
              relation   acme.frames.v1.First, acme.frames.v1.Second, acme.frames.v1.Third
                                               acme.AllPlugin (acme 1.2, /plugins/acme.jar), portable, 1 ms
              refused    GRAFT_PLUGIN_MISSING  other: It is nowhere.""");
  }

  @Test
  void aServerWithoutPluginsSaysSo() {
    assertThat(new LoadReport("Spark 3.4.0", List.of(), List.of(), List.of(), Duration.ZERO).text())
        .isEqualTo("Graft in Spark 3.4.0: 0 plugins loaded, 0 refused");
  }
}
