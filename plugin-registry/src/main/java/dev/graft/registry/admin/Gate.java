package dev.graft.registry.admin;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.graft.registry.pace.Pace;
import dev.graft.registry.settings.AdminSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is let in: with a token file, who shows a token of it. Without one, who is on this machine,
 * but no page in a browser on it. Such a page can send a form anywhere, but no header of another
 * name without asking first; and it can make a name of its own lead to this machine, but has to say
 * that name. A form of these pages holds a word that other pages do not know. Safe for use by
 * several threads.
 */
final class Gate {
  /** What a request without a token must say to change something. */
  static final String HEADER = "Graft-Admin";

  private static final Logger LOG = LoggerFactory.getLogger("dev.graft");
  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";

  /** Whoever reaches the port can have the file read. */
  private final Pace errors = new Pace(Duration.ofSeconds(1));

  private final Optional<TokenFile> tokens;
  private final Set<String> names;

  private final ReloadForm form;

  /**
   * A gate.
   *
   * @param form may be sent by a browser
   */
  Gate(AdminSettings settings, ReloadForm form) {
    this.form = form;
    this.tokens = settings.tokenFile().map(TokenFile::new);
    this.names = new TreeSet<>(List.of("localhost", "127.0.0.1", "[::1]"));
    names.add(bracketed(settings.host()));
  }

  private static String bracketed(String host) {
    return (host.contains(":") ? "[" + host + "]" : host).toLowerCase(Locale.ROOT);
  }

  /** The refusal of a request; empty where it is let in. */
  Optional<Answer> refusal(HttpExchange exchange, Request request) {
    Headers headers = exchange.getRequestHeaders();
    String authorization = headers.getFirst("Authorization");
    String shown = authorization == null ? "" : authorization.strip();
    // What a browser adds by itself, it adds for the pages of others as well.
    boolean byItself = tokens.isEmpty() || !isBearer(shown);
    if (tokens.isPresent()) {
      Optional<Answer> refusal = byToken(tokens.get(), shown);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    if (byItself
        && !exchange.getRequestMethod().equals("GET")
        && !headers.containsKey(HEADER)
        && !form.made(request)) {
      return refused(403, "Send the header " + HEADER + ": 1, which no web page can");
    }
    if (tokens.isPresent()) {
      return Optional.empty();
    }
    String host = headers.getFirst("Host");
    if (host == null || !names.contains(nameOf(host))) {
      return refused(
          403,
          "Without graft.admin.token-file this port is for who calls this machine by its own name: "
              + String.join(", ", names));
    }
    return Optional.empty();
  }

  private static String nameOf(String host) {
    return host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
  }

  private static boolean isBearer(String shown) {
    return shown.regionMatches(true, 0, BEARER, 0, BEARER.length());
  }

  private Optional<Answer> byToken(TokenFile file, String shown) {
    try {
      if (file.has(token(shown))) {
        return Optional.empty();
      }
    } catch (IOException e) {
      if (errors.turn()) {
        LOG.error("Nobody is let in by {}, which cannot be read", file.file(), e);
      }
    }
    return refused(
        401,
        "Show a token of graft.admin.token-file: Authorization: Bearer TOKEN, or in a browser as the password, whatever the name");
  }

  /** The token that is shown, by itself or as a browser shows a password. */
  private static String token(String shown) {
    if (isBearer(shown)) {
      return shown.substring(BEARER.length()).strip();
    }
    if (!shown.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return "";
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(shown.substring(BASIC.length()).strip());
      String nameAndToken = new String(decoded, StandardCharsets.UTF_8);
      return nameAndToken.substring(nameAndToken.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static Optional<Answer> refused(int status, String text) {
    return Optional.of(Answer.saying(status, text + "."));
  }
}
