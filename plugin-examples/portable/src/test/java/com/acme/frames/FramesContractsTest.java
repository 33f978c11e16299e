package com.acme.frames;

import dev.graft.testkit.contract.PluginContract;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.jqwik.api.Group;

/** The rules that every plugin keeps, tried with hundreds of messages for each. */
class FramesContractsTest {
  @Group
  class TopK extends PluginContract {
    @Override
    protected Object plugin() {
      return new TopKPlugin();
    }
  }

  @Group
  class CountNulls extends PluginContract {
    @Override
    protected Object plugin() {
      return new CountNullsPlugin();
    }
  }

  @Group
  class Mask extends PluginContract {
    @Override
    protected Object plugin() {
      return new MaskPlugin();
    }

    /** The length of the text and its end; who masks what is masked pays for it. */
    @Override
    protected int mostPlacesOfAnInput() {
      return 2;
    }
  }

  @Group
  class Summarize extends PluginContract {
    @Override
    protected Object plugin() {
      return new SummarizePlugin();
    }
  }

  @Group
  class Publish extends PluginContract {
    @Override
    protected Object plugin() {
      return new PublishPlugin();
    }
  }

  @Group
  class About extends PluginContract {
    @Override
    protected Object plugin() {
      return new AboutPlugin();
    }
  }

  @Group
  class Remark extends PluginContract {
    /** It writes a line for each message. Kept, since loggers that nobody keeps forget. */
    private static final Logger LOG = Logger.getLogger(RemarkPlugin.class.getName());

    @Override
    protected Object plugin() {
      LOG.setLevel(Level.OFF);
      return new RemarkPlugin();
    }
  }
}
