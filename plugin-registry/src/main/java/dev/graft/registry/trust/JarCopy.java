package dev.graft.registry.trust;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;

/**
 * A copy of a jar that nobody else writes to, and what was found in it. Safe for use by several
 * threads.
 *
 * @param name the jar in messages
 * @param file the copy
 * @param digest the SHA-256 of the copy's bytes, in lower-case hexadecimal digits
 * @param bytes how many there are
 */
public record JarCopy(String name, Path file, String digest, long bytes) {
  private static final int PIECE = 64 << 10;

  /** How much a jar may be. */
  public interface Limit {
    /** No limit. */
    Limit NONE = bytes -> {};

    /**
     * Throws if a jar, or what is in it, has more than may be.
     *
     * @param bytes how many there have been so far
     */
    void check(long bytes);
  }

  /**
   * Copies a jar. The digest is of what was written, whatever becomes of the jar meanwhile.
   *
   * @param name the jar in messages
   * @param target the copy; left behind, in part, where this fails
   * @param limit how many bytes it may have
   * @throws IOException if it cannot be read or written
   */
  public static JarCopy of(Path jar, String name, Path target, Limit limit) throws IOException {
    MessageDigest digest = Sha256.digest();
    long bytes = 0;
    try (InputStream in = new DigestInputStream(Files.newInputStream(jar), digest);
        OutputStream out = Files.newOutputStream(target)) {
      byte[] piece = new byte[PIECE];
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        bytes += read;
        limit.check(bytes);
        out.write(piece, 0, read);
      }
    }
    return new JarCopy(name, target, HexFormat.of().formatHex(digest.digest()), bytes);
  }

  /**
   * Its entries, each of which is read to its end, which is when the JDK checks a signature.
   *
   * @param verify whether signatures are checked, and can be asked for afterwards
   * @param inflated how many bytes may be in all of them
   * @param number how many there may be
   * @throws SecurityException if an entry is not what was signed
   * @throws IOException if it is no jar, or is damaged
   */
  public List<JarEntry> entries(boolean verify, Limit inflated, Limit number) throws IOException {
    List<JarEntry> entries = new ArrayList<>();
    try (JarFile jar = new JarFile(file.toFile(), verify, ZipFile.OPEN_READ, Runtime.version())) {
      byte[] piece = new byte[PIECE];
      long bytes = 0;
      for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
        JarEntry entry = all.nextElement();
        try (InputStream in = jar.getInputStream(entry)) {
          for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            bytes += read;
            inflated.check(bytes);
          }
        }
        entries.add(entry);
        number.check(entries.size());
      }
    }
    return entries;
  }

  /**
   * The refusal of it.
   *
   * @param why a clause
   * @param remedy a sentence, or empty
   */
  public GraftException untrusted(String why, String remedy) {
    return new GraftException(
        ErrorCode.GRAFT_JAR_UNTRUSTED,
        (name + " is not used: " + why + ". Its SHA-256 is " + digest + ". " + remedy).strip());
  }
}
