package dev.graft.builtin.mask;

import com.google.protobuf.ByteString;
import dev.graft.builtin.option.OptionCheck;
import dev.graft.builtin.v1.Mask;
import dev.graft.spi.PlanningException;
import java.util.Map;

/**
 * Finds the salt that a mask wants. No refusal quotes one.
 *
 * @param settings the plugin's own
 */
record Salts(OptionCheck check, Map<String, String> settings) {
  private static final String PREFIX = "mask.salt.";
  private static final int SHORTEST = 16;
  private static final int LONGEST = 1_024;

  ByteString of(Mask mask) {
    if (mask.getSalt().isEmpty() == mask.getSaltName().isEmpty()) {
      throw new PlanningException(
          "Mask."
              + mask.getMethod()
              + (mask.getSalt().isEmpty() ? " has no salt" : " has a salt and the name of one")
              + ". Give either salt or salt_name.");
    }
    return mask.getSaltName().isEmpty() ? checked(mask.getSaltBytes(), "Mask.salt") : named(mask);
  }

  private ByteString named(Mask mask) {
    String salt = settings.get(PREFIX + mask.getSaltName());
    if (salt == null) {
      throw check.refusal(
          "salt_name",
          mask.getSaltName(),
          "The server has no salt of that name: its operator sets "
              + PREFIX
              + "NAME among the settings of this plugin");
    }
    return checked(ByteString.copyFromUtf8(salt), "The salt " + mask.getSaltName());
  }

  private static ByteString checked(ByteString salt, String which) {
    if (salt.size() < SHORTEST || salt.size() > LONGEST) {
      throw new PlanningException(
          which
              + " has "
              + salt.size()
              + " bytes. Give "
              + SHORTEST
              + " to "
              + LONGEST
              + ", for example those of: openssl rand -hex 32");
    }
    return salt;
  }
}
