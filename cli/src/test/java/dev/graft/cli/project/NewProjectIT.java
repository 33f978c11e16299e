package dev.graft.cli.project;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.graft.api.node.Nodes;
import dev.graft.cli.lines.GraftProgram;
import dev.graft.encoder.ConnectSession;
import dev.graft.encoder.Extensions;
import dev.graft.encoder.Rows;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A new project as its author has it: written by the command, built by Maven, served by the
 * command.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class NewProjectIT {
  @TempDir private static Path untouched;

  @Test
  void aNewProjectIsGreenAtOnceAndItsJarIsServed(@TempDir Path folder) throws Exception {
    Path project = folder.resolve("top-rows");
    run(graft("new", "top-rows", "--out", project.toString()));
    Path repository = BuiltModules.into(folder.resolve("repository"));
    String built =
        run(
            new ProcessBuilder("mvn", "-B", "-ntp", "-Dmaven.repo.local=" + repository, "verify")
                .directory(project.toFile()));

    assertThat(built).contains("TopRowsPluginContractTest", "TopRowsPluginIT", "BUILD SUCCESS");
    assertThat(project.resolve("target/top-rows-0.1.0.jar")).isRegularFile();
    assertThat(served(project)).containsExactly(List.of(8L), List.of(7L));
  }

  @Test
  void expressionsAndCommandsAreGreenInMemory(@TempDir Path folder) throws Exception {
    run(graft("new", "geo", "--expression", "Nearby", "--out", folder.resolve("geo").toString()));
    run(graft("new", "stats", "--command", "Spread", "--out", folder.resolve("stats").toString()));
    Files.writeString(
        folder.resolve("pom.xml"),
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>com.example</groupId><artifactId>both</artifactId><version>1</version>
          <packaging>pom</packaging>
          <modules><module>geo</module><module>stats</module></modules>
        </project>
        """);

    Path repository = BuiltModules.into(folder.resolve("repository"));
    String built =
        run(
            new ProcessBuilder("mvn", "-B", "-ntp", "-Dmaven.repo.local=" + repository, "test")
                .directory(folder.toFile()));

    assertThat(built)
        .contains("NearbyPluginTest", "NearbyPluginContractTest", "SpreadPluginTest")
        .contains("SpreadPluginContractTest", "BUILD SUCCESS");
  }

  private static List<List<@Nullable Object>> served(Path project) throws Exception {
    Process serve =
        graft("serve", "--conf", project.resolve("graft.properties").toString(), "--port", "0")
            .redirectErrorStream(true)
            .start();
    // com.example.toprows.v1.TopRows { input = 1, by = 2, count = 3 }
    UnknownFieldSet topRows =
        UnknownFieldSet.newBuilder()
            .addField(1, bytes(Nodes.range(9).build().toByteString()))
            .addField(2, bytes(ByteString.copyFromUtf8("id")))
            .addField(3, UnknownFieldSet.Field.newBuilder().addVarint(2).build())
            .build();
    try (BufferedReader output = reader(serve);
        ConnectSession session = ConnectSession.connect(addressIn(output));
        Rows rows =
            session.rows(
                Extensions.relation(
                    "type.googleapis.com/com.example.toprows.v1.TopRows",
                    topRows.toByteString()))) {
      return rows.toList();
    } finally {
      serve.destroy();
      serve.waitFor(1, TimeUnit.MINUTES);
    }
  }

  private static UnknownFieldSet.Field bytes(ByteString value) {
    return UnknownFieldSet.Field.newBuilder().addLengthDelimited(value).build();
  }

  private static String addressIn(BufferedReader output) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      lines.add(line);
      if (line.startsWith("Connect")) {
        return line.substring(line.indexOf("sc://")).strip();
      }
    }
    throw new AssertionError("There is no address in:\n" + String.join("\n", lines));
  }

  private static ProcessBuilder graft(String... arguments) {
    List<String> command = new ArrayList<>(GraftProgram.command());
    command.addAll(List.of(arguments));
    ProcessBuilder program = new ProcessBuilder(command);
    // Nobody's own repository gets what is being tested.
    program.environment().put("GRAFT_JAVA_OPTS", "-Dmaven.repo.local=" + untouched);
    return program;
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** What a program says, if it ends well. */
  private static String run(ProcessBuilder program) throws Exception {
    // They are of the project that this test belongs to.
    program
        .environment()
        .keySet()
        .removeAll(List.of("MAVEN_PROJECTBASEDIR", "MAVEN_CMD_LINE_ARGS", "MAVEN_BASEDIR"));
    Process process = program.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
