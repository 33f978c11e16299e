package dev.graft.spark.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The few messages that the host writes, as protobuf reads them. */
class WireWriterTest {
  private static UnknownFieldSet.Field field(ByteString value) {
    return UnknownFieldSet.Field.newBuilder().addLengthDelimited(value).build();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 16_383, 16_384, 3_000_000})
  void bytesOfAnyLengthUnderNumbersOfOneAndMoreBytes(int length) throws Exception {
    byte[] value = new byte[length];

    UnknownFieldSet read =
        UnknownFieldSet.parseFrom(new WireWriter().add(1, value).add(999, value).toBytes());

    assertThat(read.asMap())
        .containsOnlyKeys(1, 999)
        .containsEntry(1, field(ByteString.copyFrom(value)))
        .containsEntry(999, field(ByteString.copyFrom(value)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text", "naïve, ☃"})
  void anEmptyTextIsTheDefaultAndLeftOut(String text) throws Exception {
    UnknownFieldSet read = UnknownFieldSet.parseFrom(new WireWriter().add(15, text).toBytes());

    assertThat(read.hasField(15)).isEqualTo(!text.isEmpty());
    assertThat(read.getField(15).getLengthDelimitedList())
        .isEqualTo(text.isEmpty() ? List.of() : List.of(ByteString.copyFromUtf8(text)));
  }
}
