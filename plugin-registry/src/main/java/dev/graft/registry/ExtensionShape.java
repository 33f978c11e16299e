package dev.graft.registry;

import dev.graft.registry.lowering.InputTable;
import dev.graft.registry.lowering.MessageInputs;
import dev.graft.spi.Extension;
import java.util.Objects;
import java.util.Optional;

/**
 * What a host may know of an extension before it is answered.
 *
 * @param name its name in clients, in lower_snake_case
 * @param table where its message holds parts of a plan; empty where its plugin does not describe it
 */
public record ExtensionShape(String name, Optional<InputTable> table) {
  public ExtensionShape {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(table, "table");
  }

  /** The parts of a plan in an extension's message. */
  public MessageInputs inputs(Extension extension) {
    return table.map(known -> known.find(extension.value())).orElse(MessageInputs.NONE);
  }
}
