package dev.graft.registry.session;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.FailureText;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.loading.PluginBundle;
import dev.graft.registry.settings.SessionSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;

/**
 * Decides about jars that clients send. What is decided about is a copy: the client may be able to
 * change its own file. All of the jar is read once, so that nothing in it is larger than the rest
 * of the server expects. Safe for use by several threads.
 */
final class Admission {
  /** Jars hold classes, which compress to about a half; what grows more than this is a bomb. */
  private static final int MOST_GROWTH = 20;

  private static final int MOST_ENTRIES = 65_536;
  private static final int PIECE = 64 << 10;

  private final SessionSettings settings;
  private final DigestList list;
  private final Signatures signatures;

  /**
   * Reads what the settings name.
   *
   * @throws GraftException GRAFT_CONFIGURATION_INVALID if that cannot be read
   */
  Admission(SessionSettings settings) {
    this.settings = settings;
    this.list = settings.list().map(DigestList::of).orElseGet(DigestList::empty);
    this.signatures = settings.signers().map(Signatures::of).orElseGet(Signatures::none);
  }

  /**
   * Copies a jar and lets it in.
   *
   * @param target the copy, which is left behind only where the jar is let in
   * @throws GraftException GRAFT_JAR_TOO_LARGE, GRAFT_JAR_UNREADABLE, GRAFT_JAR_UNTRUSTED, or
   *     GRAFT_CONFIGURATION_INVALID where its plugin id is none
   */
  AdmittedJar admit(Path jar, Path target) {
    boolean admitted = false;
    try {
      Copied copied = copy(jar, target);
      switch (settings.trust()) {
        case OFF -> throw untrusted(target, copied, "no jar of a session is", "");
        case LISTED -> {
          if (!list.contains(copied.digest())) {
            throw untrusted(
                target,
                copied,
                "only jars that the operator lists are",
                " Have its digest listed.");
          }
          readAll(target, false);
        }
        case SIGNED -> signatures.check(target, readAll(target, true));
        case ANY -> readAll(target, false);
      }
      String id = PluginBundle.idOf(target);
      admitted = true;
      return new AdmittedJar(id, jar, target, copied.digest(), copied.size());
    } catch (IOException | SecurityException e) { // a digest or signature that does not fit
      throw new GraftException(
          ErrorCode.GRAFT_JAR_UNREADABLE,
          target.getFileName()
              + " is not a readable jar ("
              + (e instanceof IOException failure ? FailureText.ofFile(failure) : e.getMessage())
              + "). Build it again, and add it to a new session.",
          e);
    } finally {
      if (!admitted) {
        delete(target);
      }
    }
  }

  /** What has been copied. */
  private record Copied(String digest, long size) {}

  private static GraftException untrusted(Path jar, Copied copied, String rule, String remedy) {
    return new GraftException(
        ErrorCode.GRAFT_JAR_UNTRUSTED,
        jar.getFileName()
            + " is not used: on this server "
            + rule
            + ". Its SHA-256 is "
            + copied.digest()
            + "."
            + remedy);
  }

  private Copied copy(Path jar, Path target) throws IOException {
    MessageDigest digest = sha256();
    long size = 0;
    try (InputStream in = new DigestInputStream(Files.newInputStream(jar), digest);
        OutputStream out = Files.newOutputStream(target)) {
      byte[] piece = new byte[PIECE];
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        size += read;
        if (size > settings.jarBytes()) {
          throw tooLarge(target, "has more than the %,d bytes".formatted(settings.jarBytes()));
        }
        out.write(piece, 0, read);
      }
    }
    return new Copied(HexFormat.of().formatHex(digest.digest()), size);
  }

  /** Reads every entry to its end, which is when the JDK checks its signature. */
  private static List<JarEntry> readAll(Path jar, boolean verify) throws IOException {
    long most = MOST_GROWTH * Math.max(Files.size(jar), PIECE);
    List<JarEntry> entries = new ArrayList<>();
    try (JarFile file = new JarFile(jar.toFile(), verify, ZipFile.OPEN_READ, Runtime.version())) {
      byte[] piece = new byte[PIECE];
      for (Enumeration<JarEntry> all = file.entries(); all.hasMoreElements(); ) {
        JarEntry entry = all.nextElement();
        try (InputStream in = file.getInputStream(entry)) {
          for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            most -= read;
            if (most < 0) {
              throw tooLarge(
                  jar,
                  "becomes more than %d times as large when it is read".formatted(MOST_GROWTH));
            }
          }
        }
        entries.add(entry);
        if (entries.size() > MOST_ENTRIES) {
          throw tooLarge(jar, "has more than %,d entries".formatted(MOST_ENTRIES));
        }
      }
    }
    return entries;
  }

  private static GraftException tooLarge(Path jar, String what) {
    return new GraftException(
        ErrorCode.GRAFT_JAR_TOO_LARGE,
        jar.getFileName()
            + " "
            + what
            + " that a jar of a session may have. Leave out what the server has, such as Spark.");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      file.toFile().deleteOnExit();
    }
  }
}
