package dev.graft.registry.admin;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.graft.registry.pace.Pace;
import dev.graft.registry.settings.AdminSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is let in: with a token file, who shows a token of it. Without one, who is on this machine,
 * but no page in a browser on it. Such a page can send a form anywhere, but no header of another
 * name without asking first; and it can make a name of its own lead to this machine, but has to say
 * that name. Safe for use by several threads.
 */
final class Gate {
  /** What a request without a token must say to change something. */
  static final String HEADER = "Graft-Admin";

  private static final Logger LOG = LoggerFactory.getLogger("dev.graft");
  private static final String BEARER = "bearer ";

  /** Whoever reaches the port can have the file read. */
  private final Pace errors = new Pace(Duration.ofSeconds(1));

  private final Optional<TokenFile> tokens;
  private final Set<String> names;

  Gate(AdminSettings settings) {
    this.tokens = settings.tokenFile().map(TokenFile::new);
    this.names = new TreeSet<>(List.of("localhost", "127.0.0.1", "[::1]"));
    names.add(bracketed(settings.host()));
  }

  private static String bracketed(String host) {
    return (host.contains(":") ? "[" + host + "]" : host).toLowerCase(Locale.ROOT);
  }

  /** The refusal of a request; empty where it is let in. */
  Optional<Page.Answer> refusal(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    if (tokens.isPresent()) {
      return byToken(tokens.get(), headers.getFirst("Authorization"));
    }
    String host = headers.getFirst("Host");
    if (host == null || !names.contains(nameOf(host))) {
      return refused(
          403,
          "Without graft.admin.token-file this port is for who calls this machine by its own name: "
              + String.join(", ", names));
    }
    if (!exchange.getRequestMethod().equals("GET") && !headers.containsKey(HEADER)) {
      return refused(403, "Send the header " + HEADER + ": 1, which no web page can");
    }
    return Optional.empty();
  }

  private static String nameOf(String host) {
    return host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
  }

  private Optional<Page.Answer> byToken(TokenFile file, @Nullable String authorization) {
    String shown = authorization == null ? "" : authorization.strip();
    try {
      if (shown.toLowerCase(Locale.ROOT).startsWith(BEARER)
          && file.has(shown.substring(BEARER.length()).strip())) {
        return Optional.empty();
      }
    } catch (IOException e) {
      if (errors.turn()) {
        LOG.error("Nobody is let in by {}, which cannot be read", file.file(), e);
      }
    }
    return refused(401, "Show a token of graft.admin.token-file: Authorization: Bearer TOKEN");
  }

  private static Optional<Page.Answer> refused(int status, String text) {
    return Optional.of(new Page.Answer(status, text + ".", Values.of("text", text + ".")));
  }
}
