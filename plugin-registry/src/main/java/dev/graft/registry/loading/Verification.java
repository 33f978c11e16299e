package dev.graft.registry.loading;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.FailureText;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.isolation.Library;
import dev.graft.registry.settings.PluginTrust;
import dev.graft.registry.settings.RegistryConfiguration;
import dev.graft.registry.trust.DigestList;
import dev.graft.registry.trust.JarCopy;
import dev.graft.registry.trust.Signatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is demanded of jars before they are opened. Where something is, a jar is copied, the copy is
 * looked at, and from then on the copy is read: the jar may be changed meanwhile, or later. The
 * copy is a file that only this process has open, and that has no name any more where the operating
 * system permits that. For one snapshot; used by one thread.
 */
public final class Verification {
  /** Nothing is demanded. */
  static final Verification NONE =
      new Verification(PluginTrust.NONE, "", DigestList.empty(), Signatures.none());

  private final PluginTrust trust;
  private final String key;
  private final DigestList list;
  private final Signatures signatures;

  private Verification(PluginTrust trust, String key, DigestList list, Signatures signatures) {
    this.trust = trust;
    this.key = key;
    this.list = list;
    this.signatures = signatures;
  }

  /**
   * Reads the files that say which jars are loaded.
   *
   * @throws GraftException GRAFT_CONFIGURATION_INVALID if that cannot be done
   */
  public static Verification of(RegistryConfiguration configuration) {
    PluginTrust trust = configuration.trust();
    return switch (trust.verify()) {
      case OFF -> NONE;
      case LISTED ->
          new Verification(
              trust,
              configuration.key("graft.plugins.list"),
              DigestList.of(trust.list().orElseThrow()),
              Signatures.none());
      case SIGNED ->
          new Verification(
              trust,
              configuration.key("graft.plugins.signers"),
              DigestList.empty(),
              Signatures.of(trust.signers().orElseThrow()));
    };
  }

  /**
   * Opens a jar that is what is demanded.
   *
   * @param path a jar, or a folder of classes
   * @throws IOException if it cannot be read
   * @throws GraftException GRAFT_JAR_UNTRUSTED
   */
  Library open(Path path) throws IOException {
    if (trust.verify() == PluginTrust.Verify.OFF) {
      return Library.open(path);
    }
    if (Files.isDirectory(path)) {
      throw new GraftException(
          ErrorCode.GRAFT_JAR_UNTRUSTED,
          path
              + " is not used: there is no jar in it, and class files by themselves can be neither listed nor signed. Pack them into a jar.");
    }
    Path file = Files.createTempFile("graft-plugin-", ".jar");
    try {
      JarCopy copy = JarCopy.of(path, path.toString(), file, JarCopy.Limit.NONE);
      check(copy);
      return Library.ofCopy(path, file, copy.digest());
    } finally {
      delete(file);
    }
  }

  private void check(JarCopy copy) throws IOException {
    if (trust.verify() == PluginTrust.Verify.LISTED) {
      if (!list.contains(copy.digest())) {
        throw copy.untrusted(
            "its digest is not in " + key, "If it is the jar that you want, add its digest there.");
      }
      return;
    }
    Optional<String> objection;
    try {
      objection = signatures.objection(copy.entries(true, JarCopy.Limit.NONE, JarCopy.Limit.NONE));
    } catch (SecurityException e) {
      objection = Optional.of("it is not what was signed (" + FailureText.of(e) + ")");
    }
    if (objection.isPresent()) {
      throw copy.untrusted(
          "this server wants signed jars, and " + objection.get(),
          "Have all of it signed by one of " + key + ".");
    }
  }

  /** The library has it open, so that nothing is lost; where that forbids it, it goes later. */
  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      file.toFile().deleteOnExit();
    }
  }
}
