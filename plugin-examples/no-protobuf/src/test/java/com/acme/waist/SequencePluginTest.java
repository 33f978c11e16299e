package com.acme.waist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.spi.Answer;
import dev.graft.spi.Engine;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.HostContext;
import dev.graft.spi.NativePlugin;
import dev.graft.spi.PlanningException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SequencePluginTest {
  private record Host(
      String userId,
      String sessionId,
      Phase phase,
      String hostName,
      String connectVersion,
      Map<String, String> settings,
      Optional<Engine> engine)
      implements HostContext {}

  private static final HostContext HOST =
      new Host("", "", HostContext.Phase.EXECUTION, "test", "4.2.0", Map.of(), Optional.empty());

  private static String relationFor(String hex) {
    Extension extension =
        new Extension(
            ExtensionKind.RELATION,
            "type.googleapis.com/acme.waist.v1.Sequence",
            ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    Answer.Node node = (Answer.Node) new SequencePlugin().answer(extension, HOST).orElseThrow();
    return HexFormat.of().formatHex(node.bytes());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    // What is sent, and the relation's bytes: 7a is Relation.range, 08, 10 and 18 its three fields.
    "from 0 to 10 in steps of 1,     100a,         7a06 0800 100a 1801",
    "from 5 to 300 in steps of 7,    080510ac021807, 7a07 0805 10ac02 1807",
    "down to -1,        080310ffffffffffffffffff0118ffffffffffffffffff01,"
        + " 7a18 0803 10ffffffffffffffffff01 18ffffffffffffffffff01"
  })
  void aSequenceBecomesARange(String what, String message, String relation) {
    assertThat(relationFor(message)).as(what).isEqualTo(relation.replace(" ", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"08", "0880", "0a00", "2001", "00", "08ffffffffffffffffffff01"})
  void bytesThatAreNoSequenceAreRefused(String message) {
    assertThatThrownBy(() -> relationFor(message)).isInstanceOf(PlanningException.class);
  }

  @Test
  void itAsksForItsOwnMessageOnly() {
    assertThat(new SequencePlugin().messageNames()).containsExactly("acme.waist.v1.Sequence");
    assertThat(new SequencePlugin()).isNotInstanceOf(NativePlugin.class);
  }
}
