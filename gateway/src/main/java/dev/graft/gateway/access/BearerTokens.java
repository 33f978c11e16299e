package dev.graft.gateway.access;

import dev.graft.gateway.reload.FollowedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * The tokens that are let in: the lines of a file, blank ones apart. Several of them are valid at
 * once while clients change from one to the next.
 *
 * <p>Safe for use by several threads. No token is kept, only its digest.
 */
public final class BearerTokens {
  private volatile List<byte[]> digests = List.of();

  private BearerTokens() {}

  /**
   * The tokens of a file, read again whenever it changes.
   *
   * @throws dev.graft.registry.error.GraftException GRAFT_CONFIGURATION_INVALID if the file has no
   *     token now
   */
  public static BearerTokens of(Path file, FollowedFiles files) {
    BearerTokens tokens = new BearerTokens();
    files.follow(
        "the bearer tokens of clients", List.of(file), contents -> tokens.take(contents.get(0)));
    return tokens;
  }

  private void take(byte[] content) throws IOException {
    List<String> lines =
        new String(content, StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList();
    if (lines.isEmpty()) {
      throw new IOException("there is no token in the file");
    }
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).chars().allMatch(character -> character > ' ' && character < 0x7F)) {
        throw new IOException(
            "token "
                + (i + 1)
                + " of the file has a blank in it, or what is not ASCII, and no client could send it");
      }
    }
    digests = lines.stream().map(BearerTokens::digest).toList();
  }

  /**
   * Whether a token is one of them. The time it takes tells nothing of how much of a token is
   * right: what is compared are digests, all of them to their end.
   */
  boolean accept(String presented) {
    byte[] digest = digest(presented);
    boolean accepted = false;
    for (byte[] known : digests) {
      accepted |= MessageDigest.isEqual(known, digest);
    }
    return accepted;
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
