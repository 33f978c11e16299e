package com.acme.frames;

import com.acme.frames.v1.Remark;
import dev.graft.api.CommandPlugin;
import dev.graft.api.CommandResult;
import dev.graft.api.PlanningContext;
import dev.graft.spi.PlanningException;
import java.lang.System.Logger;
import java.util.Optional;

/** A command that answers with nothing. */
public final class RemarkPlugin implements CommandPlugin<Remark> {
  private static final Logger LOG = System.getLogger(RemarkPlugin.class.getName());
  private static final int LONGEST = 1_000;

  @Override
  public Class<Remark> messageType() {
    return Remark.class;
  }

  @Override
  public Optional<CommandResult> execute(Remark remark, PlanningContext context) {
    if (remark.getText().length() > LONGEST) {
      throw new PlanningException(
          "Remark.text has "
              + remark.getText().length()
              + " characters. Give at most "
              + LONGEST
              + ".");
    }
    // A client's text must not be able to look like two lines of the log.
    LOG.log(Logger.Level.INFO, remark.getText().replaceAll("\\p{Cntrl}", " "));
    return Optional.of(CommandResult.nothing());
  }
}
