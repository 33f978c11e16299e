package dev.graft.registry.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** {@code GET /style.css}: the style sheet of the pages. */
record StylePage() implements Page {
  @Override
  public String method() {
    return "GET";
  }

  @Override
  public Answer answer(Request request) {
    try (InputStream sheet = StylePage.class.getResourceAsStream("style.css")) {
      if (sheet == null) {
        throw new IllegalStateException("Graft's jar has no style sheet. Install it again.");
      }
      return Answer.of(
          "text/css; charset=utf-8", new String(sheet.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
