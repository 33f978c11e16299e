package dev.graft.registry;

import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.spi.Answer;
import java.util.Objects;

/**
 * An answer and the plugin that gave it.
 *
 * @param answer of a form that the extension's kind allows
 * @param plugin the first in configured order that did not decline
 */
public record Dispatched(Answer answer, LoadedPlugin plugin) {
  public Dispatched {
    Objects.requireNonNull(answer, "answer");
    Objects.requireNonNull(plugin, "plugin");
  }
}
