package dev.graft.registry.unload;

import dev.graft.registry.isolation.IsolatedClassLoader;
import java.util.List;

/** A loader that nobody uses, as far as Graft knows. */
record LeftLoader(LoaderUse use, JdkFields jdk) implements StillHeld.GivenUp {
  @Override
  public boolean isOver() {
    return use.loader() == null;
  }

  @Override
  public String stillThere(long minutes) {
    IsolatedClassLoader loader = use.loader();
    List<String> kept = loader == null ? List.of() : Leftovers.kept(loader, jdk);
    return "The class loader of "
        + use
        + " is still held "
        + minutes
        + " minutes after its last plugin was given up, so its classes stay in memory"
        + (kept.isEmpty()
            ? ". What holds it cannot be seen from here: a heap dump tells, by the way from a root to IsolatedClassLoader."
            : ": " + Leftovers.join(kept) + ".")
        + (jdk.areOpen()
            ? ""
            : " Thread-locals and shutdown hooks are seen only where Java is started with "
                + JdkFields.OPTION
                + ".");
  }
}
