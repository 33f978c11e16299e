package dev.graft.registry.status;

import dev.graft.registry.trust.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The digests of jars, each read once as long as it looks the same. Safe for use by several
 * threads.
 */
final class JarDigests {
  private record Known(long bytes, FileTime modified, String digest) {}

  private final Map<Path, Known> known = new ConcurrentHashMap<>();

  /** The SHA-256 of a jar; empty where it is no file that can be read. */
  String of(String location) {
    try {
      Path jar = Path.of(location);
      BasicFileAttributes now = Files.readAttributes(jar, BasicFileAttributes.class);
      if (!now.isRegularFile()) {
        return "";
      }
      Known before = known.get(jar);
      if (before != null
          && before.bytes() == now.size()
          && before.modified().equals(now.lastModifiedTime())) {
        return before.digest();
      }
      String digest = Sha256.of(jar);
      known.put(jar, new Known(now.size(), now.lastModifiedTime(), digest));
      return digest;
    } catch (IOException | InvalidPathException e) {
      return "";
    }
  }
}
