package dev.graft.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code graft reload}. */
@Command(
    name = "reload",
    description = {
      "Have a running server load its plugins again, from what lies in its plugin folders now.",
      "What has changed is printed, then the load report. If what serves could not serve any more, or something required is refused, the old goes on serving: the status is 1, and the text says why. Another jar that is refused is told, and is no failure."
    },
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "The server must have spark.graft.admin.port=N (in a gateway graft.admin.port=N); its load report names the address.",
      "It keeps the configuration that it was started with: lists of classes and other settings change with a restart."
    },
    mixinStandardHelpOptions = true,
    versionProvider = GraftCommand.Version.class)
final class ReloadCommand implements Callable<Integer> {
  private static final String USUAL = "127.0.0.1:15003";

  /** In each answer of an admin port, and in requests that show no token. */
  private static final String HEADER = "Graft-Admin";

  private static final Duration CONNECTING = Duration.ofSeconds(10);

  @Spec private CommandSpec spec;

  @Option(
      names = "--admin",
      paramLabel = "HOST:PORT",
      defaultValue = USUAL,
      description = "The server's admin port (${DEFAULT-VALUE}).")
  private String admin;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "Where the server has graft.admin.token-file: a file whose first line is a token of it.")
  private @Nullable Path tokenFile;

  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "How long to wait for the answer (${DEFAULT-VALUE}).")
  private int timeout;

  /** Made by picocli, which also sets the fields. */
  @SuppressWarnings("NullAway.Init")
  ReloadCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    HttpRequest request = request();
    HttpResponse<String> response;
    try {
      response =
          HttpClient.newBuilder()
              .connectTimeout(CONNECTING)
              .version(HttpClient.Version.HTTP_1_1)
              .proxy(HttpClient.Builder.NO_PROXY)
              .build()
              .send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (ConnectException e) {
      return failed(
          "Nothing listens at "
              + admin
              + ". Start the server with spark.graft.admin.port (in a gateway graft.admin.port), or"
              + " name with --admin the address that its load report has.");
    } catch (HttpTimeoutException e) {
      return failed(
          "There was no answer from "
              + admin
              + " within "
              + timeout
              + " s. If the server loads plugins still, its log will say what became of it.");
    } catch (IOException e) {
      return failed("The server at " + admin + " has not answered as one with plugins: " + e);
    }
    return tell(response);
  }

  private HttpRequest request() {
    HttpRequest.Builder request;
    try {
      String place = admin.replaceFirst("^http://", "");
      request = HttpRequest.newBuilder(URI.create("http://" + place + "/reload"));
    } catch (IllegalArgumentException e) {
      throw wrong("--admin is '" + admin + "'; it must be like " + USUAL);
    }
    if (timeout < 1) {
      throw wrong("--timeout is " + timeout + "; it must be 1 or more");
    }
    request
        .POST(HttpRequest.BodyPublishers.noBody())
        .timeout(Duration.ofSeconds(timeout))
        .header(HEADER, "1")
        .header("Accept", json ? "application/json" : "text/plain");
    if (tokenFile != null) {
      request.header("Authorization", "Bearer " + token(tokenFile));
    }
    return request.build();
  }

  private String token(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .findFirst()
          .orElseThrow(() -> wrong("There is no token in " + file));
    } catch (IOException e) {
      throw wrong("The token in " + file + " cannot be read: " + e);
    }
  }

  private ParameterException wrong(String text) {
    return new ParameterException(spec.commandLine(), text);
  }

  private int tell(HttpResponse<String> response) {
    if (response.headers().firstValue(HEADER).isEmpty()) {
      return failed("What listens at " + admin + " is no admin port of Graft. See --admin.");
    }
    boolean reloaded = response.statusCode() == 200;
    String text = response.body().stripTrailing();
    if (response.statusCode() == 401) {
      return failed(text + " With this command: --token-file FILE.");
    }
    PrintWriter to = reloaded || json ? spec.commandLine().getOut() : spec.commandLine().getErr();
    to.println(text);
    to.flush();
    return reloaded ? 0 : 1;
  }

  private int failed(String text) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("graft: " + text);
    err.flush();
    return 1;
  }
}
