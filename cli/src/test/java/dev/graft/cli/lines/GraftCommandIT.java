package dev.graft.cli.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.frames.v1.TopK;
import dev.graft.api.node.Nodes;
import dev.graft.cli.programs.Programs;
import dev.graft.cli.python.PythonEnvironment;
import dev.graft.encoder.ConnectSession;
import dev.graft.encoder.Extensions;
import dev.graft.encoder.Rows;
import dev.graft.servers.SparkLine;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as people run it: a process of its own, from what the build put together. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class GraftCommandIT {
  private static final String PYTHON_FUNCTIONS =
      """
      import os
      from pyspark.sql.connect import functions as f
      from pyspark.sql.connect.session import SparkSession

      spark = SparkSession.builder.remote(os.environ["SPARK_REMOTE"]).create()
      SparkSession._active_session.session = spark
      doubled = f.udf(lambda number: number * 2, "long")
      assert [row[0] for row in spark.range(3).select(doubled("id")).collect()] == [0, 2, 4]
      """;

  @Test
  void demoRunsTheThreeKindsOfExtensionAndEndsByItself() throws Exception {
    Process demo = graft("demo");

    String output = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(demo.waitFor()).as(output).isZero();
    assertThat(output)
        .contains("Graft in Spark 4.2.0: ", "start-up")
        .contains("acme.frames.v1.TopK", "acme.frames.v1.Mask", "acme.frames.v1.Summarize")
        .contains("penguins", "CC0")
        .contains("window", "Chinstrap");
  }

  @Test
  void demoThroughAGatewayBeforeASparkThatHasNoGraft() throws Exception {
    Process demo = graft("demo", "--gateway");

    String output = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(demo.waitFor()).as(output).isZero();
    assertThat(output)
        .contains("What the gateway has loaded", "Graft in gateway: ")
        .containsPattern(
            "What Spark 4\\.2\\.0 says to the first of the plans by itself\\R.*acme\\.frames")
        .contains("acme.frames.v1.TopK", "acme.frames.v1.Mask", "acme.frames.v1.Summarize")
        .contains("window", "Chinstrap", "Palmer Station LTER")
        .contains("com.acme.nativeplans.NumberedPlugin is native", "GRAFT_EXTENSION_UNKNOWN")
        .contains("in a gateway before Spark 4.2.0");
  }

  @Test
  void gatewaySaysWhatItHasLoadedWhereToConnectAndWhatBecomesOfCalls(@TempDir Path folder)
      throws Exception {
    Path conf =
        Files.writeString(
            folder.resolve("gateway.properties"),
            "graft.plugins.path = "
                + GraftProgram.HOME.resolve("demo/plugins")
                + "\n"
                + "connect.extensions.relation.classes = com.acme.frames.TopKPlugin,"
                + " no.such.Plugin\ngraft.gateway.request-log = true\n");
    // No server is there: it is called when a client calls.
    Process gateway =
        graft("gateway", "--backend", "sc://127.0.0.1:1", "--conf", conf.toString(), "--port", "0");
    List<String> lines = new ArrayList<>();
    try (BufferedReader output =
            new BufferedReader(
                new InputStreamReader(gateway.getInputStream(), StandardCharsets.UTF_8));
        ConnectSession session = ConnectSession.connect(addressIn(output, lines))) {
      assertThatThrownBy(() -> session.schema(Nodes.range(1).build()))
          .hasMessageContaining("The gateway cannot reach the server behind it");
      gateway.toHandle().destroy(); // Process.destroy would close what is read here
      output.lines().forEach(lines::add);
    } finally {
      gateway.destroy();
    }
    assertThat(gateway.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(String.join("\n", lines))
        .contains("Graft in gateway: 1 plugin loaded, 1 refused")
        .contains("com.acme.frames.TopKPlugin (acme-frames")
        .contains("no.such.Plugin", "Backend  sc://127.0.0.1:1")
        .containsPattern(
            "INFO dev\\.graft\\.gateway\\.requests - \\{\"time\":.*/AnalyzePlan\".*\"status\":\"UNAVAILABLE\"")
        .containsPattern("WARN dev\\.graft.*The gateway cannot reach sc://127\\.0\\.0\\.1:1: ");
  }

  @Test
  void demoOfALineThatDoesNotExistSaysWhichDo() throws Exception {
    Process demo = graft("demo", "--spark", "2.4");

    String output = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(demo.waitFor()).isNotZero();
    assertThat(output.strip().lines())
        .hasSize(1)
        .first()
        .asString()
        .contains("'2.4'", "3.4, 3.5, 4.0, 4.1, 4.2");
  }

  @Test
  void demoWithoutMavenAndWithoutASparkSaysWhatToInstall(@TempDir Path folder) throws Exception {
    for (String needed : List.of("sh", "dirname", "readlink", "sed")) {
      Files.createSymbolicLink(folder.resolve(needed), onPath(needed));
    }
    Map<String, String> variables =
        Map.of(
            "PATH", folder.toString(),
            "JAVA_HOME", System.getProperty("java.home"),
            "XDG_CACHE_HOME", folder.toString());

    String said = demo(variables, "SPARK_HOME");

    assertThat(said)
        .contains("cannot be had from Maven. Is Maven installed, and mvn on the PATH?")
        .contains("pip install pyspark==4.2.0 brings a Spark: set SPARK_HOME");
  }

  @Test
  void demoTakesTheSparkOfSparkHomeAsServeDoes(@TempDir Path folder) throws Exception {
    assertThat(demo(Map.of("SPARK_HOME", folder.toString())))
        .contains("SPARK_HOME is " + folder + ", where there is no folder jars");
  }

  private static Path onPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  /** What a demo that fails prints in its last line. */
  private static String demo(Map<String, String> variables, String... without) throws Exception {
    List<String> command = new ArrayList<>(GraftProgram.command());
    command.add("demo");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of(without));
    builder.environment().putAll(variables);
    Process demo = builder.start();
    String output = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(demo.waitFor()).as(output).isEqualTo(1);
    return output.strip().lines().reduce("", (before, line) -> line);
  }

  @Test
  void serveLeavesAServerRunningUntilItIsStopped(@TempDir Path folder) throws Exception {
    PythonEnvironment python = PythonEnvironment.of(SparkLine.SPARK_3_5);
    Process serve =
        graft(
            "serve",
            "--conf",
            GraftProgram.HOME.resolve("demo/demo.properties").toString(),
            "--spark",
            "3.5",
            "--master",
            "local[1]",
            "--port",
            "0",
            "--python",
            python.program("python").toString());
    List<String> lines = new ArrayList<>();
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(serve.getInputStream(), StandardCharsets.UTF_8))) {
      String address = addressIn(output, lines);
      try (ConnectSession session = ConnectSession.connect(address);
          Rows rows =
              session.rows(
                  Extensions.relation(
                      TopK.newBuilder()
                          .setInput(Nodes.range(9).build())
                          .setOrderBy("id")
                          .setK(2)
                          .setDescending(true)
                          .build()))) {
        assertThat(rows.toList()).containsExactly(List.of(8L), List.of(7L));
      }
      Path program = Files.writeString(folder.resolve("functions.py"), PYTHON_FUNCTIONS);
      assertThat(
              Programs.run(
                  folder,
                  Map.of("SPARK_REMOTE", address, "SPARK_CONNECT_MODE_ENABLED", "1"),
                  List.of(python.program("python").toString(), program.toString())))
          .isZero();
    } finally {
      serve.destroy();
    }
    assertThat(serve.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(lines)
        .anyMatch(line -> line.contains("Graft in Spark 3.5"))
        .anyMatch(
            line ->
                line.startsWith("Python   " + python.program("python"))
                    && line.contains("pyspark 3.5.7) runs the functions of clients"));
  }

  private static String addressIn(BufferedReader output, List<String> lines) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      lines.add(line);
      if (line.startsWith("Connect")) {
        return line.substring(line.indexOf("sc://")).strip();
      }
    }
    throw new AssertionError("There is no address in:\n" + String.join("\n", lines));
  }

  private static Process graft(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(GraftProgram.command());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
