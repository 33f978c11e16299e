package com.acme.frames;

import com.acme.frames.v1.About;
import com.acme.frames.v1.AboutReply;
import dev.graft.api.CommandPlugin;
import dev.graft.api.CommandResult;
import dev.graft.api.PlanningContext;
import java.util.Optional;

/** A command that answers with a message. */
public final class AboutPlugin implements CommandPlugin<About> {
  @Override
  public Class<About> messageType() {
    return About.class;
  }

  @Override
  public Optional<CommandResult> execute(About about, PlanningContext context) {
    return Optional.of(
        CommandResult.message(
            AboutReply.newBuilder()
                .setHost(context.hostName())
                .setConnectVersion(context.connectVersion())
                .build()));
  }
}
