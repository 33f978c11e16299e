package dev.graft.testkit;

import dev.graft.testkit.memory.TestedPlugins;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * Where tests run: in memory alone, or also on a server. An extension that starts servers puts a
 * place into the context of the class or method that it is to hold for.
 */
public interface Place {
  /** In memory alone. */
  Place MEMORY = plugins -> Optional.empty();

  /**
   * The server of this place with these plugins, which the caller closes; empty in memory. Called
   * for each {@link Graft}.
   */
  Optional<Server> open(TestedPlugins plugins);

  /** Makes the tests below a context run in this place. */
  static void set(ExtensionContext context, Place place) {
    store(context).put(Place.class, place);
  }

  /** The place of a test: that of the closest context which has one; none if nobody set any. */
  static Optional<Place> of(ExtensionContext context) {
    return Optional.ofNullable(store(context).get(Place.class, Place.class));
  }

  private static Store store(ExtensionContext context) {
    return context.getStore(Namespace.create(Place.class));
  }
}
