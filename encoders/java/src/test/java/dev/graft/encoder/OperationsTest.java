package dev.graft.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.StringValue;
import com.google.protobuf.WireFormat;
import dev.graft.annotations.Annotations;
import dev.graft.vectors.v1.Inputs;
import dev.graft.vectors.v1.Node;
import dev.graft.vectors.v1.Outer;
import dev.graft.vectors.v1.Vectors;
import dev.graft.vectors.v1.WellKnown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Range;
import org.apache.spark.connect.proto.Relation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OperationsTest {
  private static final Operations VECTORS =
      Operations.of(
          FileDescriptorSet.newBuilder()
              .addFile(Vectors.getDescriptor().toProto())
              .build()
              .toByteString());
  private static final Relation NUMBERS =
      Relation.newBuilder().setRange(Range.newBuilder().setEnd(3).setStep(1)).build();

  @Test
  void inputsAreConnectMessagesBytesColumnsAndOtherExtensions() throws Exception {
    NamedValues node = VECTORS.operation(Node.getDescriptor().getFullName()).with("name", "n");
    Inputs inputs =
        Inputs.parseFrom(
            inputs()
                .with("relation", NUMBERS)
                .with("plan", NUMBERS)
                .with("held_plan", NUMBERS)
                .with("expression", "price")
                .with("relations", List.of(node, NUMBERS.toByteString(), NUMBERS.toByteArray()))
                .with("expressions", List.of(node, Expression.getDefaultInstance()))
                .bytes());

    Plan plan = Plan.newBuilder().setRoot(NUMBERS).build();
    assertThat(inputs.getRelation()).isEqualTo(NUMBERS);
    assertThat(inputs.getPlan()).isEqualTo(plan);
    assertThat(inputs.getHeldPlan()).isEqualTo(plan.toByteString());
    assertThat(inputs.getExpression().getUnresolvedAttribute().getUnparsedIdentifier())
        .isEqualTo("price");
    assertThat(inputs.getRelationsList()).containsExactly(node.relation(), NUMBERS, NUMBERS);
    assertThat(inputs.getExpressionsList())
        .containsExactly(node.expression(), Expression.getDefaultInstance());
  }

  @Test
  void inputsOfTwoSessionsAreRefused() {
    NamedValues inputs =
        inputs()
            .with(
                "relations",
                List.of(
                    new SerializedInput(
                        SerializedInput.Kind.RELATION, NUMBERS.toByteString(), "one"),
                    new SerializedInput(
                        SerializedInput.Kind.RELATION, NUMBERS.toByteString(), "two")));

    assertThatExceptionOfType(GraftInputException.class)
        .isThrownBy(inputs::bytes)
        .withMessageStartingWith(
            "[GRAFT_SESSION_MISMATCH] 'relations[1]' of graft.vectors.v1.Inputs is of another")
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("GRAFT_SESSION_MISMATCH"));
  }

  @Test
  void sessionOfAnInputDeepInsideIsKnown() {
    SerializedInput input =
        new SerializedInput(SerializedInput.Kind.RELATION, NUMBERS.toByteString(), "mine");
    NamedValues inner = inputs().with("join", Map.of("left", input));

    assertThat(inputs().with("relation", inner).encoded().session()).contains("mine");
    assertThat(inputs().with("relation", NUMBERS).encoded().session()).isEmpty();
  }

  @Test
  void refusalSaysWhichFieldWhatWasGivenAndWhatIsWanted() {
    NamedValues inputs = inputs().with("joins", List.of(Map.of("left", NUMBERS, "on", 5)));

    assertThatExceptionOfType(GraftInputException.class)
        .isThrownBy(inputs::bytes)
        .withMessage(
            "[GRAFT_FIELD_TYPE] 'joins[0].on' of graft.vectors.v1.Inputs must be an expression: a"
                + " column, its name, a spark.connect.Expression, or its bytes, and '5' (Integer)"
                + " was given");
    assertThatExceptionOfType(GraftInputException.class)
        .isThrownBy(() -> VECTORS.operation("graft.vectors.v1.Numbers").with("leats", "x"))
        .withMessageStartingWith(
            "[GRAFT_FIELD_UNKNOWN] graft.vectors.v1.Numbers has no field 'leats'. Its fields:"
                + " greatest, ");
  }

  @Test
  void halfOfASurrogatePairIsRefused() {
    for (String message : List.of("Scalars", "OptionalScalars")) {
      assertThatExceptionOfType(GraftInputException.class)
          .isThrownBy(
              () ->
                  VECTORS
                      .operation("graft.vectors.v1." + message)
                      .with("string_value", "a\ud83d")
                      .bytes())
          .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("GRAFT_FIELD_RANGE"));
    }
    assertThatExceptionOfType(GraftInputException.class)
        .isThrownBy(() -> inputs().with("expression", "a\ud83d").bytes())
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("GRAFT_FIELD_RANGE"));
  }

  @Test
  void mapThatHoldsItselfIsRefused() {
    Map<String, @Nullable Object> endless = new HashMap<>();
    endless.put("child", endless);

    assertThatExceptionOfType(GraftInputException.class)
        .isThrownBy(() -> VECTORS.operation("graft.vectors.v1.Node").withAll(endless).bytes())
        .withMessageContaining("nested more than 400 levels deep");
  }

  @Test
  void bytesThatNestTooDeepAreRefused() {
    ByteString bytes = ByteString.EMPTY;
    for (int level = 0; level < 20_000; level++) {
      ByteString.Output deeper = ByteString.newOutput();
      CodedOutputStream out = CodedOutputStream.newInstance(deeper);
      try {
        out.writeTag(Node.CHILD_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(bytes.size());
        out.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      bytes = deeper.toByteString().concat(bytes);
    }
    ByteString deep = bytes;

    assertThatExceptionOfType(GraftInputException.class)
        .isThrownBy(() -> VECTORS.decode("graft.vectors.v1.Node", deep))
        .withMessageContaining("nested more than 400 levels deep")
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("GRAFT_BYTES_INVALID"));
  }

  @Test
  void requiredMessageIsGivenWhenItIsEmpty() {
    NamedValues inputs = inputs().with("join", Map.of("left", ByteString.EMPTY));

    assertThat(VECTORS.decode("graft.vectors.v1.Inputs", inputs.bytes()))
        .containsEntry("join", Map.of("left", ByteString.EMPTY));
  }

  @Test
  void messagesAndOtherValuesAreTakenForNestedMessages() throws Exception {
    Outer.Inner inner = Outer.Inner.newBuilder().setLabel("x").build();
    Outer outer =
        Outer.parseFrom(
            VECTORS
                .operation("graft.vectors.v1.Outer")
                .with("inner", inner)
                .with(
                    "inners",
                    List.of(
                        VECTORS.operation("graft.vectors.v1.Outer.Inner").with("label", "y"),
                        Map.of("label", "z")))
                .bytes());
    assertThat(outer.getInner()).isEqualTo(inner);
    assertThat(outer.getInnersList()).extracting(Outer.Inner::getLabel).containsExactly("y", "z");
  }

  @Test
  void anyTakesMessagesAndValuesOfOthers() throws Exception {
    WellKnown known =
        WellKnown.parseFrom(
            VECTORS
                .operation("graft.vectors.v1.WellKnown")
                .with("any", StringValue.of("s"))
                .with("anys", List.of(VECTORS.operation("graft.vectors.v1.Node").with("name", "n")))
                .bytes());

    assertThat(known.getAny().unpack(StringValue.class)).isEqualTo(StringValue.of("s"));
    assertThat(known.getAnys(0).unpack(Node.class).getName()).isEqualTo("n");
  }

  @Test
  void replyOfAnotherTypeIsRefused() {
    CommandAnswer answer =
        new CommandAnswer.Message(
            VECTORS.operation("graft.vectors.v1.Node").with("name", "n").any());

    assertThat(VECTORS.reply("graft.vectors.v1.Node", answer)).containsEntry("name", "n");
    assertThatExceptionOfType(GraftInputException.class)
        .isThrownBy(() -> VECTORS.reply("graft.vectors.v1.Scalars", answer))
        .withMessageStartingWith(
            "[GRAFT_ANSWER_UNEXPECTED] The server answered without graft.vectors.v1.Scalars, but with"
                + " a graft.vectors.v1.Node")
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("GRAFT_ANSWER_UNEXPECTED"));
    assertThatExceptionOfType(GraftInputException.class)
        .isThrownBy(() -> VECTORS.reply("graft.vectors.v1.Scalars", new CommandAnswer.Nothing()))
        .withMessageContaining("but with nothing");
  }

  @Test
  void namesAreThoseOfMarkedMessages() {
    assertThat(VECTORS.names())
        .contains("graft.vectors.v1.Scalars", "graft.vectors.v1.Required")
        .doesNotContain("graft.vectors.v1.Outer.Inner");
  }

  @Test
  void descriptorsComeInAnyOrderAndInPieces() {
    FileDescriptorSet reversed =
        FileDescriptorSet.newBuilder()
            .addFile(file("c").addDependency("b"))
            .addFile(file("b").addDependency("a"))
            .addFile(file("a"))
            .addFile(Annotations.getDescriptor().toProto())
            .build();
    String text = Base64.getEncoder().encodeToString(reversed.toByteArray());

    Operations operations = Operations.ofBase64(text.substring(0, 9), text.substring(9));
    assertThat(operations.operation("c.M").bytes()).isEqualTo(ByteString.EMPTY);
  }

  @Test
  void filesThatImportOneAnotherAreRefused() {
    FileDescriptorSet circle =
        FileDescriptorSet.newBuilder()
            .addFile(file("a").addDependency("b"))
            .addFile(file("b").addDependency("a"))
            .build();

    assertThatExceptionOfType(GraftInputException.class)
        .isThrownBy(() -> Operations.of(circle.toByteString()))
        .withMessageContaining("imports itself")
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("GRAFT_DESCRIPTORS_INVALID"));
  }

  private static FileDescriptorProto.Builder file(String name) {
    FileDescriptorProto.Builder file =
        FileDescriptorProto.newBuilder().setName(name).setPackage(name).setSyntax("proto3");
    file.addMessageTypeBuilder().setName("M");
    return file;
  }

  private static NamedValues inputs() {
    return VECTORS.operation("graft.vectors.v1.Inputs");
  }
}
