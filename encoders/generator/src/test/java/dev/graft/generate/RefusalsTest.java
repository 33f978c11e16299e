package dev.graft.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.generate.error.GenerationException;
import dev.graft.generate.error.GenerationException.Code;
import dev.graft.generate.model.OperationKind;
import dev.graft.generate.source.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an author or a caller can do wrong, and what they are told. */
class RefusalsTest {
  private static final String RELATION = "option (graft.operation) = {kind: RELATION};";

  @TempDir Path folder = Path.of("");

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(
            Code.GRAFT_DEFAULT_INVALID,
            "message A { RELATION int32 k = 1 [(graft.argument).default = \"1.5\"]; }",
            "acme.proto: the field k of acme.v1.A has the default '1.5'. Give a whole number from"
                + " -2147483648 to 2147483647."),
        mistake(
            Code.GRAFT_DEFAULT_INVALID,
            "message A { RELATION uint32 k = 1 [(graft.argument).default = \"-1\"]; }",
            "Give a whole number from 0 to 4294967295."),
        mistake(
            Code.GRAFT_DEFAULT_INVALID,
            "message A { RELATION int64 k = 1 [(graft.argument).default = \"9223372036854775808\"]; }",
            "to 9223372036854775807."),
        mistake(
            Code.GRAFT_DEFAULT_INVALID,
            "message A { RELATION bool k = 1 [(graft.argument).default = \"yes\"]; }",
            "Give true or false."),
        mistake(
            Code.GRAFT_DEFAULT_INVALID,
            "message A { RELATION float k = 1 [(graft.argument).default = \"1e39\"]; }",
            "Give a number that a float can hold, NaN, Infinity or -Infinity."),
        mistake(
            Code.GRAFT_DEFAULT_INVALID,
            "message A { RELATION bytes k = 1 [(graft.argument).default = \"%\"]; }",
            "Give bytes in base64."),
        mistake(
            Code.GRAFT_DEFAULT_INVALID,
            "message A { RELATION E k = 1 [(graft.argument).default = \"C\"]; } enum E { A0 = 0; B = 1; }",
            "Give one of A0, B."),
        mistake(
            Code.GRAFT_ANNOTATION_INVALID,
            "message A { RELATION repeated int32 k = 1 [(graft.argument).default = \"1\"]; }",
            "only a single number, truth value, text, bytes or enum can have one."),
        mistake(
            Code.GRAFT_ANNOTATION_INVALID,
            "message A { RELATION oneof o { int32 k = 1 [(graft.argument).required = true]; } }",
            "is required and belongs to the oneof o"),
        mistake(
            Code.GRAFT_ANNOTATION_INVALID,
            "message A { RELATION oneof o { int32 k = 1 [(graft.argument).default = \"1\"];"
                + " string s = 2 [(graft.argument).default = \"x\"]; } }",
            "the field k of acme.v1.A has the default '1', and so has s of the same oneof"),
        mistake(
            Code.GRAFT_ANNOTATION_INVALID,
            "message A { RELATION string k = 1 [(graft.argument).holds = RELATION]; }",
            "acme.proto: the field k of acme.v1.A is annotated with what its bytes hold, but its"
                + " type is not bytes."),
        mistake(
            Code.GRAFT_ANNOTATION_INVALID,
            "message A { RELATION bytes k = 1 [(graft.argument).holds = COMMAND]; }",
            "Use holds: RELATION or holds: EXPRESSION."),
        mistake(
            Code.GRAFT_ANNOTATION_INVALID,
            "message A { RELATION bytes k = 1 [(graft.argument) = {holds: EXPRESSION, plan: true}]; }",
            "is annotated with plan, which goes with holds: RELATION only."),
        mistake(
            Code.GRAFT_ANNOTATION_INVALID,
            "message A { option (graft.operation) = {kind: RELATION, reply: \"acme.v1.B\"}; } message B {}",
            "has the reply 'acme.v1.B', but only a command answers with a message."),
        mistake(
            Code.GRAFT_ANNOTATION_INVALID,
            "message A { option (graft.operation) = {kind: COMMAND, reply: \"acme.v1.Nope\"}; }",
            "neither its file nor one that this imports has such a message."),
        mistake(
            Code.GRAFT_NAME_INVALID,
            "message A { option (graft.operation) = {kind: RELATION, name: \"topK\"}; }",
            "has the public name 'topK'. A public name is in lower_snake_case"),
        mistake(
            Code.GRAFT_NAME_TWICE,
            "message A { RELATION } message B { option (graft.operation) = {kind: COMMAND, name: \"a\"}; }",
            "the message acme.v1.B has the public name 'a', and acme.v1.A has it already."),
        mistake(
            Code.GRAFT_NAME_INVALID,
            "message A { RELATION int32 _ = 1; }",
            "the field _ of acme.v1.A has a name that has no letter and no digit."),
        mistake(
            Code.GRAFT_NO_OPERATION,
            "message A {} message B {}",
            "or say its kind with --relation, --expression or --command and its full name: acme.v1.A,"
                + " acme.v1.B."),
        mistake(Code.GRAFT_PROTO_INVALID, "message A { Nope n = 1; }", "\"Nope\" is not defined"));
  }

  private static Arguments mistake(Code code, String proto, String text) {
    return Arguments.of(
        code,
        proto
            .replace("RELATION ", RELATION + " ")
            .replace("holds = " + RELATION, "holds = RELATION"),
        text);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsToldWithItsPlace(Code code, String proto, String text) {
    assertThatThrownBy(() -> Clients.generate("python", folder, Clients.HEAD + proto))
        .isInstanceOf(GenerationException.class)
        .hasMessageStartingWith("[" + code + "] ")
        .hasMessageContaining(text)
        .extracting(e -> ((GenerationException) e).code())
        .isEqualTo(code);
  }

  @Test
  void fieldsThatDifferInCaseOnlyAreRefused() {
    String proto =
        "syntax = \"proto2\"; package acme.v1; message A { optional int32 a_b = 1; optional int32 aB = 2; }";
    assertThatThrownBy(
            () ->
                Clients.generate(
                    "java", folder, proto, Map.of("acme.v1.A", OperationKind.RELATION)))
        .hasMessageContaining("the field aB of acme.v1.A cannot be told from the field a_b");
  }

  @Test
  void whatPythonCannotNameIsRefusedForPythonAlone() {
    String proto =
        Clients.HEAD + "message A { " + RELATION + " P p = 1; } message P { int32 __x = 1; }";
    assertThatThrownBy(() -> Clients.generate("python", folder, proto))
        .hasMessageContaining("The field __x of acme.v1.P begins with two underscores");
    assertThat(Clients.generate("java", folder, proto).files()).hasSize(1);
  }

  @Test
  void rowsArePromisedByCommandsAlone() {
    String proto =
        """
        syntax = "proto3"; package acme.v1; import "graft/annotations.proto";
        message A { option (graft.operation) = {kind: RELATION rows: true}; }
        """;
    assertThatThrownBy(() -> Clients.generate("java", folder, proto))
        .hasMessageContaining("[GRAFT_ANNOTATION_INVALID]")
        .hasMessageContaining("rows: true, which goes with a command that has no reply");
  }

  @Test
  void aKindForAMessageThatIsNotThereListsThoseThatAre() {
    assertThatThrownBy(
            () ->
                Clients.generate(
                    "python",
                    folder,
                    Clients.HEAD + "message A { message In {} }",
                    Map.of("acme.v1.Aa", OperationKind.RELATION)))
        .hasMessage(
            "[GRAFT_MESSAGE_UNKNOWN] There is no message acme.v1.Aa in the sources. There are:"
                + " acme.v1.A, acme.v1.A.In.");
  }

  @Test
  void aKindAgainstTheAnnotationIsRefused() {
    assertThatThrownBy(
            () ->
                Clients.generate(
                    "python",
                    folder,
                    Clients.HEAD + "message A { " + RELATION + " }",
                    Map.of("acme.v1.A", OperationKind.COMMAND)))
        .hasMessageContaining("is annotated as RELATION and was given as COMMAND");
  }

  @Test
  void aMessageWithTwoKindsIsRefused() {
    assertThatThrownBy(() -> KindOptions.of(List.of("a.B"), List.of("a.B"), List.of()))
        .hasMessageContaining("a.B was given as RELATION and as EXPRESSION");
  }

  @Test
  void anUnknownLanguageListsThoseThereAre() {
    assertThatThrownBy(() -> Emitters.of("cobol"))
        .hasMessageContaining("There is no language 'cobol'. There are: ")
        .hasMessageContaining("java, python");
  }

  @Test
  void aMessageWithoutAKindIsLeftOutAndNamed() {
    Generator.Result result =
        Clients.generate(
            "python",
            folder,
            Clients.HEAD
                + "message A { option (graft.operation) = {kind: COMMAND, reply: \"acme.v1.R\"}; }"
                + " message R { N n = 1; } message N {} message Lost {}");
    assertThat(result.notes())
        .singleElement()
        .asString()
        .startsWith("acme.v1.Lost is left out: it is not said what it is.")
        .contains("--command acme.v1.Lost");
  }

  @Test
  void sourcesThatAreNoneAreNamed() throws Exception {
    Sources sources = new Sources(List.of(), null);
    Path text = Files.writeString(folder.resolve("a.txt"), "");
    Path set = Files.writeString(folder.resolve("a.binpb"), "not one");
    Path jar = Files.writeString(folder.resolve("a.jar"), "not one");
    assertThatThrownBy(() -> sources.read(List.of(text)))
        .hasMessageContaining("[GRAFT_SOURCE_UNREADABLE] " + text + " cannot be read: its name");
    assertThatThrownBy(() -> sources.read(List.of(folder.resolve("none.jar"))))
        .hasMessageContaining("there is no such file");
    assertThatThrownBy(() -> sources.read(List.of(set)))
        .hasMessageContaining("[GRAFT_DESCRIPTORS_INVALID] " + set);
    assertThatThrownBy(() -> sources.read(List.of(jar)))
        .hasMessageContaining("[GRAFT_SOURCE_UNREADABLE] " + jar);
  }

  @Test
  void aProtocThatIsNoneIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("acme.proto"), Clients.HEAD);
    assertThatThrownBy(() -> new Sources(List.of(), folder + "/no-protoc").read(List.of(file)))
        .hasMessageContaining("[GRAFT_PROTOC_MISSING]")
        .hasMessageContaining("--protoc FILE");
  }
}
