package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What people see of {@code graft gateway} before it serves. */
class GatewayCommandTest {
  private static final String BACKEND = "sc://127.0.0.1:15002";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int gateway(String... options) {
    String[] arguments =
        Stream.concat(Stream.of("gateway"), Arrays.stream(options)).toArray(String[]::new);
    CommandLine command = GraftCommand.commandLine();
    return command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
  }

  private static String file(Path folder, String content) throws IOException {
    return Files.writeString(folder.resolve("gateway.properties"), content).toString();
  }

  @Test
  void helpNamesEveryOptionAndShowsAFile() {
    assertThat(gateway("--help")).isZero();
    assertThat(out.toString())
        .contains("--backend=ADDRESS", "--conf=FILE", "--port=N")
        .contains("sc://HOST:PORT/;token=TOKEN")
        .contains("connect.extensions.relation.classes = ", "graft.plugins.path = plugins");
  }

  @Test
  void withoutABackendSaysSo(@TempDir Path folder) throws IOException {
    assertThat(gateway("--conf", file(folder, ""))).isEqualTo(2);
    assertThat(err.toString()).contains("--backend=ADDRESS");
  }

  @Test
  void aBackendThatIsNoneIsRefusedWithoutRepeatingItsToken(@TempDir Path folder)
      throws IOException {
    String backend = "http://127.0.0.1:15002/;token=hush";
    assertThat(gateway("--backend", backend, "--conf", file(folder, ""), "--port", "0"))
        .isEqualTo(1);
    assertThat(err.toString())
        .contains("it must begin with sc://. Its shape is sc://host:port")
        .doesNotContain("hush");
  }

  @Test
  void aPortThatIsNoneIsQuoted(@TempDir Path folder) throws IOException {
    assertThat(gateway("--backend", BACKEND, "--conf", file(folder, ""), "--port", "65536"))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("The port is '65536'; it must be a whole number from 0 to 65535");
  }

  @Test
  void aSettingThatThereIsNotIsNamed(@TempDir Path folder) throws IOException {
    assertThat(gateway("--backend", BACKEND, "--conf", file(folder, "graft.gateway.prot = 1")))
        .isEqualTo(1);
    assertThat(err.toString()).contains("graft.gateway.prot", "graft.gateway.port");
  }

  @Test
  void aSettingOfASparkServerIsRefusedWithItsNameHere(@TempDir Path folder) throws IOException {
    assertThat(gateway("--backend", BACKEND, "--conf", file(folder, "spark.graft.plugins.path=p")))
        .isEqualTo(1);
    assertThat(err.toString()).contains("In a gateway it is 'graft.plugins.path'");
  }
}
