package dev.graft.testkit.contract;

import dev.graft.spi.Answer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.spi.HostContext;
import java.util.Optional;
import java.util.Set;

/** Stands behind the tested plugin and answers everything that the plugin declines. */
record TakesEverything(ExtensionKind kind) implements ExtensionPlugin {
  @Override
  public Set<String> messageNames() {
    return Set.of(ANY_MESSAGE);
  }

  @Override
  public Optional<Answer> answer(Extension extension, HostContext context) {
    return Optional.of(
        kind == ExtensionKind.COMMAND ? new Answer.Done() : new Answer.Node(new byte[0]));
  }
}
