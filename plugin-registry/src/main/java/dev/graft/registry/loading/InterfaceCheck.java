package dev.graft.registry.loading;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.linkage.LinkCheck;
import dev.graft.registry.linkage.Unimplemented;
import java.util.List;

/**
 * Checks that plugins of a host's own kind implement the host's interface as this version of the
 * host has it. A class that does not could be constructed, but would fail each time it is called.
 */
public final class InterfaceCheck {
  private InterfaceCheck() {}

  /**
   * Reads a class, without loading it.
   *
   * @param loader the host's
   * @param host the host as people call it, for example {@code Spark 4.2.0}
   * @throws GraftException with {@link ErrorCode#GRAFT_LINK_MISMATCH} if it lacks a method of the
   *     interface
   */
  public static void require(
      String className, String interfaceName, ClassLoader loader, String host) {
    List<Unimplemented> missing = new LinkCheck().unimplemented(className, interfaceName, loader);
    if (missing.isEmpty()) {
      return;
    }
    Unimplemented first = missing.get(0);
    throw new GraftException(
        ErrorCode.GRAFT_LINK_MISMATCH,
        className
            + " is written against the interface "
            + interfaceName
            + " of another version. "
            + host
            + " wants the method "
            + first.wanted()
            + "; the class has "
            + (first.present().isEmpty()
                ? "none of that name"
                : String.join(" and ", first.present()))
            + ". Compile it against "
            + host
            + ", or take the jar that is made for it.");
  }
}
