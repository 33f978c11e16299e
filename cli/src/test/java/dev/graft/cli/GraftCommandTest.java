package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What people see when the arguments are not right. */
class GraftCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int graft(String... arguments) {
    CommandLine command = GraftCommand.commandLine();
    return command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
  }

  @Test
  void helpNamesEveryCommand() {
    assertThat(graft("--help")).isZero();
    assertThat(out.toString())
        .contains("demo", "serve", "--stacktrace")
        .containsPattern("\\n  test +Run the full test suite")
        .contains("\n\n'graft COMMAND --help'");
  }

  @Test
  void helpOfTestNamesWhatTheScriptTakes() {
    assertThat(graft("test", "--help")).isZero();
    assertThat(out.toString())
        .contains("--long", "--seed=N", "--quick", "--only=CLASS", "MAVEN-OPTION");
  }

  @Test
  void testsAreRunByTheScript() {
    assertThat(graft("test", "--long")).isEqualTo(1);
    assertThat(err.toString()).contains("./graft test");
  }

  @Test
  void helpOfServeNamesEveryOption() {
    assertThat(graft("serve", "--help")).isZero();
    assertThat(out.toString())
        .contains(
            "--conf=FILE",
            "--spark=LINE",
            "--master=URL",
            "--port=N",
            "--log=FILE",
            "--python=PATH");
  }

  @Test
  void helpOfWhatLooksAtThingsNamesEveryOption() {
    assertThat(graft("plugins", "check", "--help")).isZero();
    assertThat(graft("check", "--help")).isZero();
    assertThat(graft("doctor", "--help")).isZero();
    assertThat(out.toString())
        .contains("JAR...", "--spark=HOST", "--class=NAME", "--offline", "--json", "--sarif")
        .contains("--conf=FILE", "--gateway", "--backend=ADDRESS")
        .contains("[ADDRESS]", "--timeout=SECONDS");
    assertThat(graft("plugins")).isEqualTo(2);
    assertThat(err.toString()).contains("Say what to do: list, describe, failures, check. See");
  }

  @Test
  void fishCompletesCommandsBelowCommands() {
    assertThat(graft("completion", "fish")).isZero();
    assertThat(out.toString())
        .contains(
            "-n '__fish_seen_subcommand_from plugins; and not __fish_seen_subcommand_from list describe failures check' -a check")
        .contains(
            "-n '__fish_seen_subcommand_from plugins; and __fish_seen_subcommand_from check' -l sarif")
        .contains(
            "-n '__fish_seen_subcommand_from check; and not __fish_seen_subcommand_from plugins' -l conf -r -F");
  }

  @Test
  void versionIsTheBuilds() {
    assertThat(graft("--version")).isZero();
    assertThat(out.toString().strip()).matches("graft \\d+\\.\\d+\\.\\d+\\S*");
  }

  @Test
  void withoutACommandSaysWhichThereAre() {
    assertThat(graft()).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "graft: Say what to do: demo, serve, gateway, reload, health, plugins, check, doctor, generate, new, test or dist. See 'graft --help'.");
  }

  @Test
  void anUnknownOptionIsNamed() {
    assertThat(graft("demo", "--sparc", "4.2")).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("'--sparc'").contains("'graft demo --help'");
  }

  @Test
  void anUnknownCommandIsNamed() {
    assertThat(graft("serf")).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("serf");
  }

  @Test
  void serveWithoutAConfigurationSaysSo() {
    assertThat(graft("serve")).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("--conf=FILE");
  }

  @Test
  void serveWithAMissingConfigurationNamesIt(@TempDir Path folder) {
    Path missing = folder.resolve("none.properties");
    assertThat(graft("serve", "--conf", missing.toString())).isEqualTo(1);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "graft: The configuration " + missing + " cannot be read: there is no such file");
  }

  @Test
  void serveOnAPortThatIsNoneQuotesIt(@TempDir Path folder) throws IOException {
    Path conf = Files.writeString(folder.resolve("a.properties"), "");
    assertThat(graft("serve", "--conf", conf.toString(), "--port", "70000")).isEqualTo(2);
    assertThat(err.toString())
        .contains("The port is '70000'; it must be a whole number from 0 to 65535");
  }

  @Test
  void aPortInTheConfigurationIsCheckedToo(@TempDir Path folder) throws IOException {
    Path conf =
        Files.writeString(folder.resolve("a.properties"), "spark.connect.grpc.binding.port=http");
    assertThat(graft("serve", "--conf", conf.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("The port is 'http'");
  }

  @Test
  void generateNamesWhatIsMissing() {
    assertThat(graft("generate", "--lang", "python")).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "Say which language, from what and where to: generate --lang python SOURCE --out DIR")
        .contains("'graft generate --help'");
  }

  @Test
  void helpOfGenerateNamesEveryOptionAndLanguage() {
    assertThat(graft("generate", "--help")).isZero();
    assertThat(out.toString())
        .contains("--lang=LANGUAGE", "--out=DIR", "--relation=MESSAGE", "--proto-path=DIR")
        .contains("java", "python");
  }

  @Test
  void generateSaysInOneLineWhatIsWrongWithASource(@TempDir Path folder) {
    Path missing = folder.resolve("none.jar");
    assertThat(
            graft("generate", "--lang", "python", missing.toString(), "--out", folder.toString()))
        .isEqualTo(1);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "graft: [GRAFT_SOURCE_UNREADABLE] "
                + missing
                + " cannot be read: there is no such file. A source is a .proto file, a folder of them, a plugin jar"
                + " or a descriptor set");
  }

  @Test
  void generateWritesAClientOfTheExamples(@TempDir Path folder) {
    Path jar = Path.of("../plugin-examples/portable/target/acme-frames-1.0.0.jar");
    assertThat(graft("generate", "--lang", "python", jar.toString(), "--out", folder.toString()))
        .isZero();
    assertThat(folder.resolve("frames.py")).content().contains("def top_k(");
  }

  @Test
  void generateChecksWhatBreaksClients(@TempDir Path folder) throws IOException {
    Path jar = Path.of("../plugin-examples/portable/target/acme-frames-1.0.0.jar");
    Path frames =
        Path.of("../plugin-examples/portable/src/main/protobuf/acme/frames/v1/frames.proto");
    Path next = Files.createDirectories(folder.resolve("acme/frames/v1"));
    String text = Files.readString(frames);
    Files.writeString(
        next.resolve("frames.proto"),
        text.replace("int32 k = 4 [(graft.argument).required = true];", "")
            .replace("string with = 3 [(graft", "string instead = 3 [(graft")
            .replace("bool descending = 5;", "bool descending = 5; bool ties = 9;"));

    assertThat(graft("generate", "--check", jar.toString(), frames.toString())).isZero();
    assertThat(out.toString()).isEqualToIgnoringNewLines("No change breaks clients.");
    out.getBuffer().setLength(0);
    assertThat(graft("generate", "--check", jar.toString(), folder.toString())).isEqualTo(1);
    assertThat(out.toString().lines())
        .containsExactly(
            "acme/frames/v1/frames.proto:13: FIELD_NO_DELETE (wire): Field 4 (k) of acme.frames.v1.TopK is gone. Servers with the new"
                + " plugin refuse clients that send it (GRAFT_EXTENSION_NEWER). Its number may come back with another meaning:"
                + " reserved 4; reserved \"k\";",
            "acme/frames/v1/frames.proto:39: FIELD_SAME_NAME (source): Field 3 (with) of acme.frames.v1.Mask is called instead now."
                + " Programs use the name, and so does JSON. If it is another field, give it another number.",
            "New, and no break: field 9 (ties) of acme.frames.v1.TopK. A server whose plugin is older refuses who sends them"
                + " (GRAFT_EXTENSION_NEWER): bring the plugin to servers before clients use them.",
            "2 changes break clients: 1 on the wire, 1 in source.");
    out.getBuffer().setLength(0);
    assertThat(graft("generate", "--json", "--check", jar.toString(), folder.toString()))
        .isEqualTo(1);
    JsonObject json = JsonParser.parseString(out.toString()).getAsJsonObject();
    JsonObject first = json.getAsJsonArray("findings").get(0).getAsJsonObject();
    assertThat(first.get("rule").getAsString()).isEqualTo("FIELD_NO_DELETE");
    assertThat(first.get("breaks").getAsString()).isEqualTo("wire");
    assertThat(first.get("element").getAsString()).isEqualTo("acme.frames.v1.TopK.k");
    assertThat(first.get("line").getAsInt()).isEqualTo(13);
    assertThat(json.getAsJsonArray("notes")).hasSize(1);
  }

  @Test
  void generateChecksOrWritesAndNotBoth() {
    assertThat(graft("generate", "--check", "old.proto", "--lang", "go", "new.proto")).isEqualTo(2);
    assertThat(err.toString()).contains("generate --check OLD SOURCE");
  }

  @Test
  void protocTakesTheWrittenPlugin(@TempDir Path folder) throws IOException {
    Path script = folder.resolve("protoc-gen-graft");
    assertThat(graft("generate", "--write-protoc-plugin", script.toString())).isZero();
    assertThat(script).isExecutable().content().contains("protoc-plugin");
  }
}
