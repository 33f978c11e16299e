package dev.graft.registry.lowering;

import dev.graft.spi.Extension;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says what stands for an extension. Asked once for each extension that the walk meets. */
@FunctionalInterface
public interface Expander {
  /**
   * What becomes of one extension. May itself call {@link Lowering#lower} with the budget of the
   * request.
   *
   * @throws RuntimeException to refuse; it passes through {@link Lowering#lower} unchanged
   */
  Expansion expand(Extension extension);

  /**
   * An expression extension as a function that is called, for the names of columns; null where they
   * are left to the server.
   */
  default @Nullable Call call(Extension extension) {
    return null;
  }

  /**
   * An extension as a function that is called.
   *
   * @param name the function's name
   * @param arguments serialised {@code spark.connect.Expression}s
   */
  record Call(String name, List<byte[]> arguments) {
    public Call {
      Objects.requireNonNull(name, "name");
      arguments = List.copyOf(arguments);
    }
  }
}
