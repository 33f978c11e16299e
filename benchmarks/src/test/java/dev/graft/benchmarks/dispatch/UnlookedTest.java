package dev.graft.benchmarks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import dev.graft.registry.Dispatcher;
import dev.graft.registry.PluginIndex;
import dev.graft.registry.lowering.AnyExtension;
import dev.graft.spi.Answer;
import dev.graft.spi.ExtensionKind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnlookedTest {
  private static byte[] answer(Sent sent, Object plugin) {
    Dispatcher dispatcher =
        new Dispatcher(new PluginIndex(List.of(Contenders.loaded(plugin))), List.of());
    byte[] extension = Any.pack(sent.message()).toByteArray();
    Answer answer =
        dispatcher
            .dispatch(AnyExtension.read(ExtensionKind.RELATION, extension), new FixedRequest())
            .answer();
    return ((Answer.Node) answer).bytes();
  }

  @ParameterizedTest
  @EnumSource
  void answersAsThePluginThatIsLookedAfter(Sent sent) {
    assertThat(answer(sent, new Unlooked<>(sent.plugin())))
        .isNotEmpty()
        .isEqualTo(answer(sent, sent.plugin()));
  }
}
