package dev.graft.gateway.store;

import java.util.Objects;

/**
 * A jar of a session.
 *
 * @param name its file name, as the client says
 * @param digest the SHA-256 of its bytes, in hexadecimal digits
 * @param bytes how many there are
 */
public record SessionJar(String name, String digest, long bytes) {
  public SessionJar {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(digest, "digest");
  }
}
