package dev.graft.registry.session;

import java.util.List;
import java.util.Objects;

/**
 * A session that has plugin jars of its own.
 *
 * @param key whose it is
 * @param jars those that are used
 * @param refused the names of those that are not, and the codes why
 */
public record SessionStatus(SessionKey key, List<Jar> jars, List<String> refused) {
  /**
   * A jar that is used.
   *
   * @param name its file name
   * @param bytes how large it is
   * @param digest its SHA-256, in hexadecimal digits
   */
  public record Jar(String name, long bytes, String digest) {
    public Jar {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(digest, "digest");
    }
  }

  public SessionStatus {
    Objects.requireNonNull(key, "key");
    jars = List.copyOf(jars);
    refused = List.copyOf(refused);
  }
}
