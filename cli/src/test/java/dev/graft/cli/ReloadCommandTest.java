package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code graft reload} at a gateway that runs, and where there is none. */
class ReloadCommandTest {
  @TempDir private Path folder;

  private String out = "";
  private String err = "";

  private int reload(String... options) {
    StringWriter standard = new StringWriter();
    StringWriter error = new StringWriter();
    String[] arguments =
        Stream.concat(Stream.of("reload"), Arrays.stream(options)).toArray(String[]::new);
    CommandLine command = GraftCommand.commandLine();
    int status =
        command.setOut(new PrintWriter(standard)).setErr(new PrintWriter(error)).execute(arguments);
    out = standard.toString();
    err = error.toString();
    return status;
  }

  private Path jar(String name) throws IOException {
    return RunningGateway.jar(folder, name);
  }

  @Test
  void aRunningGatewayTakesUpWhatIsThereNow() throws IOException {
    RunningGateway.plugin("One", 1).writeTo(jar("one.jar"));
    try (RunningGateway gateway = RunningGateway.start(folder, Map.of())) {
      RunningGateway.plugin("Two", 2).writeTo(jar("two.jar"));

      assertThat(reload("--admin", gateway.admin())).isZero();
      assertThat(out)
          .contains("1 added, 0 replaced, 0 removed, 0 refused, 1 as before")
          .contains("added      acme.Two (Two, " + jar("two.jar"))
          .contains("Graft in gateway: 2 plugins loaded, 0 refused");
      assertThat(err).isEmpty();
      assertThat(gateway.gateway().report().loaded()).hasSize(2);
      assertThat(folder.resolve("report.txt"))
          .content()
          .contains("2 plugins loaded", "admin      " + gateway.admin());

      assertThat(reload("--json", "--admin", gateway.admin().replace("http://", ""))).isZero();
      assertThat(out).startsWith("{\"result\":\"swapped\",").endsWith("}\n");
    }
  }

  @Test
  void whatIsRefusedIsSaidAndTheOldServes() throws IOException {
    RunningGateway.plugin("One", 1).writeTo(jar("one.jar"));
    try (RunningGateway gateway = RunningGateway.start(folder, Map.of())) {
      Path broken = Files.writeString(folder.resolve("broken"), "no jar");
      Files.move(broken, jar("one.jar"), StandardCopyOption.REPLACE_EXISTING);

      assertThat(reload("--admin", gateway.admin())).isEqualTo(1);
      assertThat(out).isEmpty();
      assertThat(err)
          .startsWith("Not reloaded, and what was loaded before goes on serving: [GRAFT_JAR_UNREA")
          .contains("acme.One would not serve any more", "changed    " + jar("one.jar"));
      assertThat(gateway.gateway().report().loaded()).hasSize(1);
    }
  }

  @Test
  void aTokenIsShownWhereOneIsWanted() throws IOException {
    Files.createDirectories(folder.resolve("plugins"));
    Path tokens = Files.writeString(folder.resolve("tokens"), "open-sesame\n");
    try (RunningGateway gateway =
        RunningGateway.start(folder, Map.of("graft.admin.token-file", tokens.toString()))) {
      assertThat(reload("--admin", gateway.admin())).isEqualTo(1);
      assertThat(err).contains("Show a token of graft.admin.token-file", "--token-file");
      assertThat(reload("--admin", gateway.admin(), "--token-file", tokens.toString())).isZero();
    }
    assertThat(reload("--token-file", folder.resolve("missing").toString())).isEqualTo(2);
    assertThat(err).contains("missing cannot be read");
  }

  @Test
  void whereNothingListensItSaysWhatToDo() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThat(reload("--admin", "127.0.0.1:" + port)).isEqualTo(1);
    assertThat(err)
        .contains("graft: Nothing listens at 127.0.0.1:" + port)
        .contains("graft.admin.port", "--admin");

    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    other.start();
    try {
      assertThat(reload("--admin", "127.0.0.1:" + other.getAddress().getPort())).isEqualTo(1);
      assertThat(err).contains("is no admin port of Graft");
    } finally {
      other.stop(0);
    }
    assertThat(reload("--admin", "not an address")).isEqualTo(2);
    assertThat(err).contains("--admin is 'not an address'; it must be like 127.0.0.1:15003");
  }

  @Test
  void helpNamesEveryOptionAndTheKey() {
    assertThat(reload("--help")).isZero();
    assertThat(out)
        .contains("--admin=HOST:PORT", "--token-file=FILE", "--json", "--timeout=SECONDS")
        .contains("graft.admin.port");
  }
}
