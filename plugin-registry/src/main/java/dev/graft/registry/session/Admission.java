package dev.graft.registry.session;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.FailureText;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.loading.PluginBundle;
import dev.graft.registry.settings.SessionSettings;
import dev.graft.registry.trust.DigestList;
import dev.graft.registry.trust.JarCopy;
import dev.graft.registry.trust.Signatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;

/**
 * Decides about jars that clients send. What is decided about is a copy: the client may be able to
 * change its own file. All of the jar is read once, so that nothing in it is larger than the rest
 * of the server expects. Safe for use by several threads.
 */
final class Admission {
  /** Jars hold classes, which compress to about a half; what grows more than this is a bomb. */
  private static final int MOST_GROWTH = 20;

  private static final int MOST_ENTRIES = 65_536;

  /** A jar that is smaller than this may grow as if it had so many bytes. */
  private static final int LEAST_ROOM = 64 << 10;

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
      JarCopy copy =
          JarCopy.of(
              jar, String.valueOf(target.getFileName()), target, bytes -> size(target, bytes));
      switch (settings.trust()) {
        case OFF -> throw copy.untrusted("on this server no jar of a session is", "");
        case LISTED -> {
          if (!list.contains(copy.digest())) {
            throw copy.untrusted(
                "on this server only jars that the operator lists are", "Have its digest listed.");
          }
          entries(copy, false);
        }
        case SIGNED -> {
          Optional<String> objection = signatures.objection(entries(copy, true));
          if (objection.isPresent()) {
            throw copy.untrusted(
                "this server wants signed jars, and " + objection.get(),
                "Have all of it signed by somebody whom the operator trusts.");
          }
        }
        case ANY -> entries(copy, false);
      }
      String id = PluginBundle.idOf(target);
      admitted = true;
      return new AdmittedJar(id, jar, target, copy.digest(), copy.bytes());
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

  private void size(Path jar, long bytes) {
    if (bytes > settings.jarBytes()) {
      throw tooLarge(jar, "has more than the %,d bytes".formatted(settings.jarBytes()));
    }
  }

  private static List<JarEntry> entries(JarCopy copy, boolean verify) throws IOException {
    long most = MOST_GROWTH * Math.max(copy.bytes(), LEAST_ROOM);
    return copy.entries(
        verify,
        bytes -> {
          if (bytes > most) {
            throw tooLarge(
                copy.file(),
                "becomes more than %d times as large when it is read".formatted(MOST_GROWTH));
          }
        },
        number -> {
          if (number > MOST_ENTRIES) {
            throw tooLarge(copy.file(), "has more than %,d entries".formatted(MOST_ENTRIES));
          }
        });
  }

  private static GraftException tooLarge(Path jar, String what) {
    return new GraftException(
        ErrorCode.GRAFT_JAR_TOO_LARGE,
        jar.getFileName()
            + " "
            + what
            + " that a jar of a session may have. Leave out what the server has, such as Spark.");
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      file.toFile().deleteOnExit();
    }
  }
}
