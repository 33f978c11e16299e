package dev.graft.registry.lowering;

import dev.graft.spi.Extension;

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
}
