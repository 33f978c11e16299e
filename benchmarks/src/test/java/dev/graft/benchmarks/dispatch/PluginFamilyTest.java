package dev.graft.benchmarks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.Internal;
import com.google.protobuf.Message;
import dev.graft.benchmarks.dispatch.plugin0000.Series;
import org.junit.jupiter.api.Test;

class PluginFamilyTest {
  private final PluginFamily family = new PluginFamily();

  @Test
  void membersHaveMessagesOfTheirOwn() throws Exception {
    Class<? extends Message> seventh = family.type(7, Series.class).asSubclass(Message.class);
    Class<? extends Message> eighth = family.type(8, Series.class).asSubclass(Message.class);

    Any packed = Any.pack(Internal.getDefaultInstance(seventh));

    assertThat(packed.getTypeUrl())
        .isEqualTo("type.googleapis.com/graft.benchmarks.plugin0007.Series");
    assertThat(packed.is(seventh)).isTrue();
    assertThat(packed.is(eighth)).isFalse();
  }

  @Test
  void namesOfAnotherLengthAreRefused() {
    assertThatThrownBy(() -> family.type(10_000, Series.class))
        .hasMessage("The family has the members 1 to 9999, not 10000");
  }
}
