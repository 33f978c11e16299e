package dev.graft.encoder.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.util.JsonFormat;
import dev.graft.encoder.GraftInputException;
import dev.graft.encoder.NamedValues;
import dev.graft.encoder.Operations;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Project;
import org.apache.spark.connect.proto.Relation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VectorsTest {
  private static final VectorFile FILE = VectorFile.read();
  private static final Oracle ORACLE = FILE.oracle();
  private static final Operations OPERATIONS = Operations.of(FILE.descriptors());

  @Test
  void fileIsWhatTheMakerMakes() throws Exception {
    assertThat(Files.readString(VectorMaker.FILE))
        .as("Run VectorMaker: the proto files or the cases have changed")
        .isEqualTo(VectorMaker.text());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void valuesGiveTheBytes(String name, JsonObject vector) {
    NamedValues values = given(vector);

    assertThat(hex(values.bytes())).isEqualTo(text(vector, "extension"));
    Plan.Builder plan = Plan.newBuilder();
    switch (text(vector, "kind")) {
      case "relation" -> plan.setRoot(values.relation());
      case "expression" ->
          plan.setRoot(
              Relation.newBuilder()
                  .setProject(Project.newBuilder().addExpressions(values.expression())));
      default -> plan.setCommand(values.command());
    }
    assertThat(hex(plan.build().toByteString())).isEqualTo(text(vector, "plan"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void bytesGiveTheValues(String name, JsonObject vector) {
    String message = text(vector, "message");
    ByteString bytes = ByteString.copyFrom(HexFormat.of().parseHex(text(vector, "extension")));
    JsonObject decoded = vector.getAsJsonObject(vector.has("decoded") ? "decoded" : "values");

    Map<String, @Nullable Object> values = OPERATIONS.decode(message, bytes);

    assertThat(JavaValues.comparable(values))
        .isEqualTo(JavaValues.comparable(JavaValues.fields(ORACLE.message(message), decoded)));
    Map<String, @Nullable Object> withZeros = OPERATIONS.decodeWithZeros(message, bytes);
    assertThat(withZeros.keySet()).containsAll(values.keySet());
    assertThat(OPERATIONS.operation(message).withAll(withZeros).bytes()).isEqualTo(bytes);
  }

  /** A second opinion on the values: protobuf's own JSON mapping, where it can read them. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void protobufsJsonMappingReadsTheSame(String name, JsonObject vector) throws Exception {
    if (text(vector, "message").endsWith(".Defaults") || name.equals("recursiveTwoHundredDeep")) {
      return; // It knows no default of ours, and stops at a hundred levels.
    }
    if (vector.get("values").toString().contains("-0.0")) {
      return; // It loses the sign.
    }
    DynamicMessage.Builder message =
        DynamicMessage.newBuilder(ORACLE.message(text(vector, "message")));
    JsonFormat.parser().merge(vector.get("values").toString(), message);
    DynamicMessage fromBytes =
        DynamicMessage.parseFrom(
            message.getDescriptorForType(), HexFormat.of().parseHex(text(vector, "extension")));

    if (!name.startsWith("enumAliases")) { // Two names of a number are two values to it.
      assertThat(JsonParser.parseString(JsonFormat.printer().print(message)))
          .isEqualTo(JsonParser.parseString(JsonFormat.printer().print(fromBytes)));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void faultIsRefusedWithItsCode(String name, JsonObject refused) {
    assertThatExceptionOfType(GraftInputException.class)
        .isThrownBy(() -> given(refused).bytes())
        .satisfies(
            refusal -> {
              assertThat(refusal.code()).isEqualTo(text(refused, "code"));
              assertThat(refusal)
                  .hasMessageStartingWith("[" + refusal.code() + "] ")
                  .hasMessageContaining(text(refused, "message"));
            });
  }

  static Stream<Arguments> vectors() {
    return named(VectorFile.objects(FILE.vectors()));
  }

  static Stream<Arguments> refused() {
    return named(VectorFile.objects(FILE.refused()));
  }

  private static Stream<Arguments> named(List<JsonObject> cases) {
    return cases.stream().map(each -> Arguments.of(text(each, "name"), each));
  }

  private static NamedValues given(JsonObject vector) {
    String message = text(vector, "message");
    NamedValues values = OPERATIONS.operation(message);
    return values.withAll(
        JavaValues.fields(ORACLE.message(message), vector.getAsJsonObject("values")));
  }

  private static String text(JsonObject json, String name) {
    return json.get(name).getAsString();
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
