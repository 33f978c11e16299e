package dev.graft.testkit.sample;

import com.google.protobuf.StringValue;
import dev.graft.api.CommandPlugin;
import dev.graft.api.CommandResult;
import dev.graft.api.PlanningContext;
import java.util.Optional;

/** Answers with the setting that it is asked for. */
public final class NotePlugin implements CommandPlugin<StringValue> {
  /** Made by its host. */
  public NotePlugin() {}

  @Override
  public Class<StringValue> messageType() {
    return StringValue.class;
  }

  @Override
  public Optional<CommandResult> execute(StringValue name, PlanningContext context) {
    return Optional.of(
        CommandResult.message(
            StringValue.of(context.settings().getOrDefault(name.getValue(), ""))));
  }
}
