package dev.graft.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import dev.graft.encoder.test.Sample;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.spark.connect.proto.Range;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtensionsTest {
  private static final Relation NUMBERS =
      Relation.newBuilder().setRange(Range.newBuilder().setEnd(10).setStep(1)).build();

  @Test
  void nestedRelationTravelsInsideTheMessage() throws Exception {
    Sample sample = Sample.newBuilder().setInput(NUMBERS).setSize(3).build();

    Relation packed = Extensions.relation(sample);

    assertThat(packed.getExtension().getTypeUrl())
        .isEqualTo("type.googleapis.com/encoder.test.Sample");
    assertThat(packed.getExtension().unpack(Sample.class).getInput()).isEqualTo(NUMBERS);
  }

  @Test
  void extensionsNestInOneAnother() throws Exception {
    Relation inner = Extensions.relation(Sample.newBuilder().setInput(NUMBERS).build());

    Relation outer = Extensions.relation(Sample.newBuilder().setInput(inner).build());

    assertThat(outer.getExtension().unpack(Sample.class).getInput()).isEqualTo(inner);
  }

  @Property(tries = 200)
  void rawBytesGiveWhatTheObjectGives(@ForAll int size) {
    Sample sample = Sample.newBuilder().setSize(size).build();
    String typeUrl = "type.googleapis.com/encoder.test.Sample";
    ByteString value = sample.toByteString();

    assertThat(Extensions.relation(typeUrl, value)).isEqualTo(Extensions.relation(sample));
    assertThat(Extensions.expression(typeUrl, value)).isEqualTo(Extensions.expression(sample));
    assertThat(Extensions.command(typeUrl, value)).isEqualTo(Extensions.command(sample));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "acme.v1.TopK", "type.googleapis.com/", "type.googleapis.com/ "})
  void typeUrlWithoutANameIsRefused(String typeUrl) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Extensions.relation(typeUrl, ByteString.EMPTY))
        .withMessage(
            "'%s' is not a type URL: it must end in a slash and the full name of the message, such"
                + " as type.googleapis.com/acme.v1.TopK",
            typeUrl);
  }
}
