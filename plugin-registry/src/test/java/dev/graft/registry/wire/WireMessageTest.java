package dev.graft.registry.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.graft.registry.error.GraftException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields exchanged in bytes against the same done by a full parser. */
class WireMessageTest {
  @Provide
  Arbitrary<List<UnknownFieldSet>> fields() {
    Arbitrary<Integer> number = Arbitraries.integers().between(1, 6);
    Arbitrary<UnknownFieldSet.Field> content =
        Arbitraries.oneOf(
                Arbitraries.longs()
                    .map(value -> UnknownFieldSet.Field.newBuilder().addVarint(value)),
                Arbitraries.integers()
                    .map(value -> UnknownFieldSet.Field.newBuilder().addFixed32(value)),
                Arbitraries.strings()
                    .ofMaxLength(300)
                    .map(
                        text ->
                            UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8(text))),
                Arbitraries.just(
                    UnknownFieldSet.Field.newBuilder()
                        .addGroup(
                            UnknownFieldSet.newBuilder()
                                .addField(
                                    2, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                                .build())))
            .map(UnknownFieldSet.Field.Builder::build);
    return Combinators.combine(number, content)
        .as((n, field) -> UnknownFieldSet.newBuilder().addField(n, field).build())
        .list()
        .ofMaxSize(12);
  }

  private static byte[] bytes(List<UnknownFieldSet> fields) {
    ByteString all = ByteString.EMPTY;
    for (UnknownFieldSet field : fields) {
      all = all.concat(field.toByteString());
    }
    return all.toByteArray();
  }

  @Property
  void withReplacesAllOfANumberAndNothingElse(
      @ForAll("fields") List<UnknownFieldSet> fields, @ForAll byte[] content) throws Exception {
    byte[] bytes = bytes(fields);

    byte[] changed = new WireMessage(bytes).with(3, content).bytes();

    UnknownFieldSet expected =
        UnknownFieldSet.parseFrom(bytes).toBuilder()
            .clearField(3)
            .addField(
                3,
                UnknownFieldSet.Field.newBuilder()
                    .addLengthDelimited(ByteString.copyFrom(content))
                    .build())
            .build();
    assertThat(UnknownFieldSet.parseFrom(changed)).isEqualTo(expected);
  }

  @Property
  void eachChangesWhatIsDelimitedAndNothingElse(@ForAll("fields") List<UnknownFieldSet> fields) {
    List<UnknownFieldSet> expected = new ArrayList<>();
    for (UnknownFieldSet field : fields) {
      List<ByteString> contents = field.getField(3).getLengthDelimitedList();
      if (contents.isEmpty()) {
        expected.add(field);
      } else if (contents.get(0).size() % 2 == 1) {
        expected.add(delimited(contents.get(0).concat(ByteString.copyFrom(new byte[200]))));
      }
    }

    WireMessage changed =
        new WireMessage(bytes(fields))
            .each(
                3,
                content ->
                    content.length % 2 == 0
                        ? Optional.empty()
                        : Optional.of(Arrays.copyOf(content, content.length + 200)));

    assertThat(changed.bytes()).isEqualTo(bytes(expected));
  }

  private static UnknownFieldSet delimited(ByteString content) {
    return UnknownFieldSet.newBuilder()
        .addField(3, UnknownFieldSet.Field.newBuilder().addLengthDelimited(content).build())
        .build();
  }

  @Property
  void eachOfWhatStaysIsTheMessageItself(@ForAll("fields") List<UnknownFieldSet> fields) {
    WireMessage message = new WireMessage(bytes(fields));

    assertThat(message.each(3, Optional::of)).isSameAs(message);
  }

  @Property
  void fieldIsTheLastOfItsNumber(@ForAll("fields") List<UnknownFieldSet> fields) throws Exception {
    byte[] bytes = bytes(fields);

    List<ByteString> all = UnknownFieldSet.parseFrom(bytes).getField(3).getLengthDelimitedList();

    assertThat(new WireMessage(bytes).field(3).map(ByteString::copyFrom))
        .isEqualTo(all.stream().reduce((first, second) -> second));
  }

  @Property
  void anyBytesAreReadOrRefused(@ForAll byte[] bytes) {
    try {
      new WireMessage(bytes).without(1);
    } catch (GraftException e) {
      assertThat(e).hasMessageStartingWith("[GRAFT_PLAN_MALFORMED]");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 16_383, 16_384, 3_000_000})
  void bytesOfAnyLengthUnderNumbersOfOneAndMoreBytes(int length) throws Exception {
    byte[] value = new byte[length];

    UnknownFieldSet read =
        UnknownFieldSet.parseFrom(WireMessage.EMPTY.with(1, value).with(999, value).bytes());

    UnknownFieldSet.Field expected =
        UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.copyFrom(value)).build();
    assertThat(read.asMap())
        .containsOnlyKeys(1, 999)
        .containsEntry(1, expected)
        .containsEntry(999, expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text", "naïve, ☃"})
  void anEmptyTextIsTheDefaultAndLeftOut(String text) throws Exception {
    UnknownFieldSet read = UnknownFieldSet.parseFrom(WireMessage.EMPTY.with(15, text).bytes());

    assertThat(read.hasField(15)).isEqualTo(!text.isEmpty());
    assertThat(read.getField(15).getLengthDelimitedList())
        .isEqualTo(text.isEmpty() ? List.of() : List.of(ByteString.copyFromUtf8(text)));
  }

  @Test
  void aFieldThatMayBeThereOnceIsReadOnceAndRefusedTwice() {
    byte[] once = {10, 1, 7};

    assertThat(new WireMessage(once).only(1)).contains(new byte[] {7});
    assertThat(new WireMessage(once).only(2)).isEmpty();
    assertThatThrownBy(() -> new WireMessage(new byte[] {10, 1, 7, 10, 1, 8, 10, 0}).only(1))
        .hasMessageContaining("its field 1 is there twice.");
  }

  @Test
  void aLengthBeyondTheEndIsRefused() {
    assertThatThrownBy(() -> new WireMessage(new byte[] {10, 5, 1}).field(1))
        .isInstanceOf(GraftException.class)
        .hasMessageStartingWith("[GRAFT_PLAN_MALFORMED] The request cannot be read");
  }
}
