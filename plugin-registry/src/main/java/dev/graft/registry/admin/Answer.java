package dev.graft.registry.admin;

import dev.graft.registry.report.Json;
import dev.graft.registry.report.Values;
import java.util.Objects;
import java.util.Optional;

/**
 * What is sent back: of three forms of the same, the one that the client likes best.
 *
 * @param status of HTTP
 * @param text for people at a terminal, without a line break at its end
 * @param value for programs, as {@link Json} takes it
 * @param html for people at a browser: what stands in the body; empty where the text does
 * @param only the one form that there is, whatever the client likes
 */
record Answer(int status, String text, Object value, String html, Optional<Form> only) {
  private static final String TEXT = "text/plain; charset=utf-8";

  Answer {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(html, "html");
    Objects.requireNonNull(only, "only");
  }

  Answer(int status, String text, Object value, String html) {
    this(status, text, value, html, Optional.empty());
  }

  /** One that has a single form. */
  static Answer of(String type, String body) {
    return new Answer(200, "", "", "", Optional.of(new Form(type, body)));
  }

  /** One that says a sentence. */
  static Answer saying(int status, String text) {
    return new Answer(status, text, Values.of("text", text), "");
  }

  /**
   * A form of an answer.
   *
   * @param type its media type
   */
  record Form(String type, String body) {}

  /** The form that a client likes best, by its {@code Accept} header. */
  Form form(String accept, String path) {
    if (only.isPresent()) {
      return only.get();
    }
    if (accept.contains("text/html")) {
      String body = html.isEmpty() ? Html.lines(text) : html;
      return new Form("text/html; charset=utf-8", Html.page(path, body));
    }
    return accept.contains("application/json")
        ? new Form("application/json", Json.of(value) + "\n")
        : new Form(TEXT, text + "\n");
  }
}
