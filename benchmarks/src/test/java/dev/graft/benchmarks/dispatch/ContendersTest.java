package dev.graft.benchmarks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.graft.spi.Answer;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class ContendersTest {
  @ParameterizedTest
  @CsvSource({
    "1, 100, LAST",
    "10, 100, MIDDLE",
    "100, 100, LAST",
    "1000, 100, LAST",
    "3, 1000000, LAST"
  })
  void allAnswerTheSame(int plugins, int messageBytes, Place place) {
    Contenders contenders = new Contenders(plugins, messageBytes, place);

    Relation answer = contenders.spark4();

    assertThat(answer.getRange().getStart()).isOne();
    assertThat(answer.getRange().getEnd()).isBetween(messageBytes - 8L, messageBytes - 1L);
    assertThat(contenders.spark3()).isEqualTo(answer);
    assertThat(bytes(contenders.graft())).isEqualTo(answer.toByteString());
    assertThat(bytes(contenders.graftInSpark())).isEqualTo(answer.toByteString());
  }

  private static ByteString bytes(Answer answer) {
    return ByteString.copyFrom(((Answer.Node) answer).bytes());
  }
}
