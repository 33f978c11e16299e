package dev.graft.gateway.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.Properties;

/** The jar of RocksDB, where it is missing. */
final class RocksJar {
  private RocksJar() {}

  /** What is missing, and where to put it. */
  static String missing() {
    String version = version();
    return "A folder for graft.gateway.session-store needs RocksDB, which this installation of"
        + " Graft is without. Put rocksdbjni-"
        + version
        + ".jar (from Maven: org.rocksdb:rocksdbjni:"
        + version
        + ") "
        + libraries().map(folder -> "into " + folder).orElse("on the class path")
        + ", or name a PostgreSQL database (jdbc:postgresql:...) instead.";
  }

  /** The folder that the gateway's own jar lies in. */
  private static Optional<Path> libraries() {
    CodeSource source = RocksJar.class.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return Optional.empty();
    }
    Path jar = Path.of(URI.create(source.getLocation().toString()));
    return Files.isRegularFile(jar) ? Optional.ofNullable(jar.getParent()) : Optional.empty();
  }

  private static String version() {
    try (InputStream in = RocksJar.class.getResourceAsStream("versions.properties")) {
      Properties versions = new Properties();
      versions.load(in);
      return versions.getProperty("rocksdbjni");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
