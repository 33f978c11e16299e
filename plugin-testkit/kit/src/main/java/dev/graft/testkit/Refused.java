package dev.graft.testkit;

import dev.graft.registry.error.GraftException;
import dev.graft.spi.PlanningException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.opentest4j.AssertionFailedError;

/** A refusal of an extension. Immutable. */
public final class Refused {
  private final GraftException refusal;

  private Refused(GraftException refusal) {
    this.refusal = refusal;
  }

  static Refused by(Supplier<?> lowering) {
    Object result;
    try {
      result = lowering.get();
    } catch (GraftException refusal) {
      return new Refused(refusal);
    }
    throw new AssertionFailedError("It is not refused but answered: " + result);
  }

  void alsoBy(Server server, Consumer<Server> request) {
    String said;
    try {
      request.accept(server);
      throw new AssertionFailedError(
          server.title() + " does not refuse what is refused in memory: " + refusal.getMessage());
    } catch (Server.Refusal refusedByServer) {
      said = String.valueOf(refusedByServer.getMessage());
    }
    if (!said.contains(reason())) {
      throw new AssertionFailedError(
          server.title() + " refuses for another reason than memory does", reason(), said);
    }
  }

  /** The stable code, for example {@code GRAFT_PLUGIN_REFUSED}. */
  public String code() {
    return refusal.code().name();
  }

  /** What the plugin said, or else what Graft says. */
  public String reason() {
    if (refusal.getCause() instanceof PlanningException planning) {
      return String.valueOf(planning.getMessage());
    }
    return refusal.text();
  }

  /**
   * Compares {@link #reason}, and checks that the refusal is a planning error, by which plugins
   * speak to their users.
   *
   * @throws AssertionFailedError if it is another
   */
  public Refused saying(String expected) {
    Comparison.same("the code of " + refusal.getMessage(), "GRAFT_PLUGIN_REFUSED", code());
    Comparison.same("the plugin's reason", expected, reason());
    return this;
  }

  @Override
  public String toString() {
    return String.valueOf(refusal.getMessage());
  }
}
