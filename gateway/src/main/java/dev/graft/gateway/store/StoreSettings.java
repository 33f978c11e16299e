package dev.graft.gateway.store;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a gateway keeps what sessions have.
 *
 * @param place a folder, or the address of a database as JDBC has it; empty for the gateway's
 *     memory and a folder that ends with it
 * @param password the file with the database user's password
 * @param keepsBack whether the backend gets no jars
 */
public record StoreSettings(Optional<String> place, Optional<Path> password, boolean keepsBack) {
  /** In memory, and jars pass. */
  public static final StoreSettings DEFAULT =
      new StoreSettings(Optional.empty(), Optional.empty(), false);

  /** What becomes of the jars that clients add to their sessions. */
  public enum Jars {
    /** They go on to the backend. */
    FORWARD,
    /** They stay in the gateway. */
    KEEP
  }

  private static final String DATABASE = "jdbc:postgresql:";

  public StoreSettings {
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(password, "password");
  }

  /** The folder in which all of it is kept, if it is one. */
  public Optional<Path> folder() {
    return place.filter(one -> !one.startsWith("jdbc:")).map(one -> Path.of(one).toAbsolutePath());
  }

  /** The database in which all of it is kept, if it is one. */
  public Optional<String> database() {
    return place.filter(one -> one.startsWith(DATABASE));
  }
}
