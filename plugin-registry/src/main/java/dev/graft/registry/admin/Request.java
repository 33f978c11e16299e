package dev.graft.registry.admin;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A request that has been let in.
 *
 * @param values those of the address and of a form, by name; of several of one name the last
 * @param threads those of the port, for what takes its time
 * @param peer the address of who asks, for the log
 */
record Request(Map<String, String> values, RequestThreads threads, String peer) {
  private static final String FORM = "application/x-www-form-urlencoded";

  /** Far more than the forms of these pages hold. */
  private static final int MOST_FORM_BYTES = 4_096;

  Request {
    values = Map.copyOf(values);
  }

  /** Reads a request. Of a form it reads as much as these pages' own could hold. */
  static Request read(HttpExchange exchange, RequestThreads threads) throws IOException {
    Map<String, String> values = new HashMap<>();
    add(values, exchange.getRequestURI().getRawQuery());
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type != null && type.startsWith(FORM)) {
      byte[] form = exchange.getRequestBody().readNBytes(MOST_FORM_BYTES);
      add(values, new String(form, StandardCharsets.UTF_8));
    }
    return new Request(values, threads, exchange.getRemoteAddress().getAddress().getHostAddress());
  }

  private static void add(Map<String, String> values, String encoded) {
    if (encoded == null) {
      return;
    }
    int from = 0;
    while (from <= encoded.length()) {
      int end = encoded.indexOf('&', from);
      String pair = encoded.substring(from, end < 0 ? encoded.length() : end);
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
      from = end < 0 ? encoded.length() + 1 : end + 1;
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // no encoding, so it means itself
    }
  }

  /** A value; empty where there is none. */
  String value(String name) {
    return values.getOrDefault(name, "");
  }
}
