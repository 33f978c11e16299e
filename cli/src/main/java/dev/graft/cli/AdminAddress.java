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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of commands that ask a running server at its admin port, and the asking. */
final class AdminAddress {
  /** What servers must have for such commands, for their help. */
  static final String NEEDS =
      "The server must have spark.graft.admin.port=N (in a gateway graft.admin.port=N); its load report names the address.";

  private static final String USUAL = "127.0.0.1:15003";

  /** In each answer of an admin port, and in requests that show no token. */
  private static final String HEADER = "Graft-Admin";

  private static final Duration CONNECTING = Duration.ofSeconds(10);
  private static final int UNAUTHORIZED = 401;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

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
  AdminAddress() {}

  /** Whether the answer is wanted as JSON. */
  boolean json() {
    return json;
  }

  /**
   * Asks the server, and prints its answer.
   *
   * @param method of HTTP
   * @param path with what follows it
   * @return the command's status: 0 if the server did what it was asked
   */
  int print(String method, String path) throws InterruptedException {
    HttpRequest request = request(method, path);
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

  private HttpRequest request(String method, String path) {
    HttpRequest.Builder request;
    try {
      String place = admin.replaceFirst("^http://", "");
      request = HttpRequest.newBuilder(URI.create("http://" + place + path));
    } catch (IllegalArgumentException e) {
      throw wrong("--admin is '" + admin + "'; it must be like " + USUAL);
    }
    if (timeout < 1) {
      throw wrong("--timeout is " + timeout + "; it must be 1 or more");
    }
    request
        .method(method, HttpRequest.BodyPublishers.noBody())
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
    boolean done = response.statusCode() == 200;
    String text = response.body().stripTrailing();
    if (response.statusCode() == UNAUTHORIZED) {
      return failed(text + " With this command: --token-file FILE.");
    }
    PrintWriter to = done || json ? spec.commandLine().getOut() : spec.commandLine().getErr();
    to.println(text);
    to.flush();
    return done ? 0 : 1;
  }

  private int failed(String text) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("graft: " + text);
    err.flush();
    return 1;
  }
}
