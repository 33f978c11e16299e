package dev.graft.registry.admin;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The button that loads the plugins again. It holds a word that nobody knows who has not been let
 * in to read the page: a page of another server in the same browser can send the form, but without
 * the word. Safe for use by several threads.
 */
final class ReloadForm {
  /** What the field with the word is called. */
  static final String WORD = "word";

  private final String word;

  ReloadForm() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    this.word = HexFormat.of().formatHex(random);
  }

  /** Whether a request was made by this form. */
  boolean made(Request request) {
    return java.security.MessageDigest.isEqual(
        word.getBytes(java.nio.charset.StandardCharsets.US_ASCII),
        request.value(WORD).getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  String html() {
    return """
        <form method="post" action="/reload">
        <input type="hidden" name="%s" value="%s">
        <button type="submit">Load the plugins again</button>
        </form>
        <p>What lies in the plugin folders now is loaded beside what serves, and takes its place if nothing that serves is refused. Settings change with a restart.</p>
        """
        .formatted(WORD, word);
  }
}
