package dev.graft.registry.admin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * The tokens that are let in: the lines of a file, blank ones apart. It is read for each request,
 * so that a token holds no longer than it stands there. Safe for use by several threads.
 */
record TokenFile(Path file) {
  private static final int MOST_BYTES = 64 << 10;

  /**
   * Whether a token is one of them. The time it takes tells nothing of how much of it is right:
   * what is compared are digests, all of them to their end.
   *
   * @throws IOException if the file cannot be read, or has no token
   */
  boolean has(String presented) throws IOException {
    byte[] digest = digest(presented);
    boolean found = false;
    for (String token : tokens()) {
      found |= MessageDigest.isEqual(digest(token), digest);
    }
    return found;
  }

  /**
   * Reads them.
   *
   * @throws IOException if there is none
   */
  private List<String> tokens() throws IOException {
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(MOST_BYTES + 1);
    }
    if (content.length > MOST_BYTES) {
      throw new IOException("it has more than " + MOST_BYTES + " bytes");
    }
    List<String> tokens =
        new String(content, StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList();
    if (tokens.isEmpty()) {
      throw new IOException("there is no token in it");
    }
    return tokens;
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
