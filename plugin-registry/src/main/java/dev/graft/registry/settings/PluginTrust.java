package dev.graft.registry.settings;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which jars of the server itself are loaded.
 *
 * @param verify what is demanded of them
 * @param list the file of digests, for {@link Verify#LISTED}
 * @param signers the file of certificates, for {@link Verify#SIGNED}
 */
public record PluginTrust(Verify verify, Optional<Path> list, Optional<Path> signers) {
  /** What is demanded of a jar. */
  public enum Verify {
    /** Nothing: whoever may write to the plugin folders may run code in the server. */
    OFF,
    /** Its digest is listed. */
    LISTED,
    /** Every entry of it is signed by somebody whom the operator trusts. */
    SIGNED
  }

  /** Nothing is demanded. */
  public static final PluginTrust NONE =
      new PluginTrust(Verify.OFF, Optional.empty(), Optional.empty());

  public PluginTrust {
    Objects.requireNonNull(verify, "verify");
    Objects.requireNonNull(list, "list");
    Objects.requireNonNull(signers, "signers");
  }

  /** The files on which it depends whether a jar is loaded. */
  Stream<Path> files() {
    return switch (verify) {
      case OFF -> Stream.empty();
      case LISTED -> list.stream();
      case SIGNED -> signers.stream();
    };
  }

  /** Reads the settings. */
  static PluginTrust of(SettingsReader reader) {
    PluginTrust trust =
        new PluginTrust(
            reader.get(RegistryKeys.VERIFY),
            reader.get(RegistryKeys.PLUGIN_LIST),
            reader.get(RegistryKeys.PLUGIN_SIGNERS));
    reader.need(
        trust.verify == Verify.LISTED && trust.list.isEmpty(),
        RegistryKeys.VERIFY,
        RegistryKeys.PLUGIN_LIST);
    reader.need(
        trust.verify == Verify.SIGNED && trust.signers.isEmpty(),
        RegistryKeys.VERIFY,
        RegistryKeys.PLUGIN_SIGNERS);
    return trust;
  }
}
