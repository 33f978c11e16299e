package dev.graft.registry.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.graft.registry.error.FailureText;
import dev.graft.registry.reload.Reloading;
import dev.graft.registry.settings.AdminSettings;
import dev.graft.registry.settings.RegistryConfiguration;
import dev.graft.registry.settings.SettingsReader;
import dev.graft.registry.status.ServerView;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port for operators, where {@code graft.admin.port} names one. Whatever becomes of it, the
 * server goes on: a port that is taken is an error in the log and no more. Safe for use by several
 * threads.
 */
public final class AdminPort implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft");
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int BACKLOG = 16;
  private static final int UNAUTHORIZED = 401;

  private final Gate gate;
  private final MetricsPage metrics;
  private final Map<String, Page> pages;
  private final RefusalLog refusals = new RefusalLog();
  private final RequestThreads threads;
  private final String state;
  private @Nullable HttpServer server;

  private AdminPort(
      AdminSettings settings, Reloading reloading, ServerView server, Duration limit) {
    ReloadForm form = new ReloadForm();
    this.metrics = new MetricsPage(server);
    this.gate = new Gate(settings, form);
    this.pages =
        new TreeMap<>(
            Map.of(
                "/", new OverviewPage(server, form),
                "/plugins", new PluginsPage(server),
                "/failures", new FailuresPage(server),
                "/sessions", new SessionsPage(server),
                "/report", new ReportPage(reloading),
                "/metrics", metrics,
                "/style.css", new StylePage(),
                "/reload", new ReloadPage(reloading)));
    this.threads = new RequestThreads(limit, refusals::tooMany);
    this.state = settings.port().isEmpty() ? "" : listen(settings.host(), settings.port().get());
  }

  /**
   * Begins to listen.
   *
   * @param reloading loads the server's plugins again
   * @param server what is shown
   * @throws dev.graft.registry.error.GraftException GRAFT_CONFIGURATION_INVALID if others than this
   *     machine could reach the port without a token, or there is no token to be shown
   */
  public static AdminPort open(Reloading reloading, ServerView server) {
    return open(reloading, server, LIMIT);
  }

  /** The same with another limit for clients that are slow. */
  static AdminPort open(Reloading reloading, ServerView server, Duration limit) {
    AdminSettings settings = reloading.serving().configuration().admin();
    check(reloading.serving().configuration());
    return new AdminPort(settings, reloading, server, limit);
  }

  /**
   * Refuses settings with which no port may be opened. Nothing is listened on.
   *
   * @throws dev.graft.registry.error.GraftException GRAFT_CONFIGURATION_INVALID
   */
  public static void check(RegistryConfiguration configuration) {
    if (configuration.admin().port().isPresent()) {
      check(configuration.admin(), configuration.keyPrefix());
    }
  }

  private static void check(AdminSettings settings, String prefix) {
    Optional<Path> file = settings.tokenFile();
    if (file.isPresent()) {
      try {
        boolean unused = new TokenFile(file.get()).has("");
      } catch (IOException e) {
        throw SettingsReader.invalid(
            "The tokens in "
                + file.get()
                + ", which "
                + prefix
                + "graft.admin.token-file names, cannot be used: "
                + FailureText.ofFile(e)
                + ". Write one a line, such as `openssl rand -hex 32` makes.");
      }
    }
    if (isOfThisMachine(settings.host())) {
      return;
    }
    if (file.isEmpty()) {
      throw SettingsReader.invalid(
          "Whoever reaches "
              + settings.host()
              + " could reload the plugins. Set "
              + prefix
              + "graft.admin.token-file, or leave "
              + prefix
              + "graft.admin.host at 127.0.0.1.");
    }
    LOG.warn(
        "Tokens for the admin port at {} can be read on the way: it speaks plain HTTP. Put something"
            + " that ends TLS in front of it",
        settings.host());
  }

  private static boolean isOfThisMachine(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // listening fails, and says so
    }
  }

  /** Returns what there is to say about it. */
  private String listen(String host, int port) {
    try {
      HttpServer made = HttpServer.create(new InetSocketAddress(host, port), BACKLOG);
      made.setExecutor(threads);
      made.createContext("/", this::answer);
      // Its own thread is a daemon if the one that starts it is.
      Thread starting = new Thread(made::start, "graft-admin-start");
      starting.setDaemon(true);
      starting.start();
      starting.join();
      server = made;
      return "http://"
          + (host.contains(":") ? "[" + host + "]" : host)
          + ":"
          + made.getAddress().getPort();
    } catch (IOException | RuntimeException e) {
      LOG.error("There is no admin port at {} port {}, and the server goes on", host, port, e);
      return "none: " + host + " port " + port + " cannot be listened on: " + e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "none: interrupted";
    }
  }

  /** A load report with a line on this port, where there is to be one. */
  public String with(String report) {
    return state.isEmpty() ? report : report + "\n  admin      " + state;
  }

  /** The port it listens on; empty where it does not. */
  public Optional<Integer> port() {
    return Optional.ofNullable(server).map(made -> made.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answerOf(exchange);
      refusals.answered(exchange, answer);
      String accept = exchange.getRequestHeaders().getFirst("Accept");
      String path = exchange.getRequestURI().getPath();
      send(exchange, answer.status(), answer.form(accept == null ? "" : accept, path));
    }
  }

  private Answer answerOf(HttpExchange exchange) throws IOException {
    Request request = Request.read(exchange, threads);
    Optional<Answer> refusal = gate.refusal(exchange, request);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Page page = pages.get(exchange.getRequestURI().getPath());
    if (page == null) {
      return Answer.saying(404, "There are " + String.join(", ", pages.keySet()) + ".");
    }
    if (!page.method().equals(exchange.getRequestMethod())) {
      exchange.getResponseHeaders().set("Allow", page.method());
      return Answer.saying(
          405, exchange.getRequestURI().getPath() + " wants " + page.method() + ".");
    }
    try {
      return page.answer(request);
    } catch (RuntimeException | LinkageError e) {
      LOG.error("{} has failed", exchange.getRequestURI(), e);
      return Answer.saying(500, "That has failed: " + FailureText.of(e) + ". The log has more.");
    }
  }

  private static void send(HttpExchange exchange, int status, Answer.Form form) throws IOException {
    byte[] body = form.body().getBytes(StandardCharsets.UTF_8);
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", form.type());
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cache-Control", "no-store");
    headers.set(Gate.HEADER, "1");
    headers.set("Connection", "close");
    if (status == UNAUTHORIZED) {
      headers.set("WWW-Authenticate", "Basic realm=\"Graft\", charset=\"UTF-8\"");
    }
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  /** Listens no more. Plugins that are being loaded at the moment may still be swapped in. */
  @Override
  public void close() {
    if (server != null) {
      server.stop(0);
    }
    threads.close();
    metrics.close();
  }
}
