package dev.graft.generate.breaking;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import dev.graft.generate.model.OperationKind;
import dev.graft.generate.source.SourceFiles;
import dev.graft.generate.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a change of a .proto file, in the words of its rules. */
class CompatibilityTest {
  private static final String PROTO3 =
      """
      syntax = "proto3";
      package acme.v1;
      import "graft/annotations.proto";
      import "spark/connect/relations.proto";
      """;
  private static final String PROTO2 =
      """
      syntax = "proto2";
      package acme.v1;
      """;
  private static final String TOP_K =
      """
      message TopK {
        option (graft.operation) = {kind: RELATION};
        spark.connect.Relation input = 1 [(graft.argument).required = true];
        repeated string by = 2;
        string order_by = 3;
        int32 k = 4;
        oneof bound { int64 least = 5; string most = 6; }
        optional bool descending = 7;
        Ties ties = 8;
        map<string, int32> weights = 9;
        enum Ties { KEEP = 0; DROP = 1; FIRST = 2; }
        reserved 20 to 30, 40;
        reserved "limit";
      }
      """;

  @TempDir private Path folder;
  private int sources;

  private SourceFiles read(String name, String text) throws IOException {
    Path file = Files.createDirectories(folder.resolve("" + sources++)).resolve(name);
    Files.writeString(file, text);
    return new Sources(List.of(), null).read(List.of(file));
  }

  private Compatibility compare(String old, String now) throws IOException {
    return Compatibility.of(read("acme.proto", old), read("acme.proto", now), false);
  }

  /** What is found where a text stands for another in {@code TopK}. */
  private List<Finding> changed(String before, String after) throws IOException {
    assertThat(TOP_K).contains(before);
    return compare(PROTO3 + TOP_K, PROTO3 + TOP_K.replace(before, after)).findings();
  }

  private static List<String> brief(List<Finding> findings) {
    return findings.stream()
        .map(each -> each.rule() + " " + each.effect() + " " + each.element())
        .toList();
  }

  private void assertChange(String before, String after, String... found) throws IOException {
    assertThat(brief(changed(before, after))).containsExactly(found);
  }

  private void assertProto2(String before, String after, String... found) throws IOException {
    assertThat(brief(compare(PROTO2 + before, PROTO2 + after).findings())).containsExactly(found);
  }

  @Test
  void whatIsTheSameBreaksNothing() throws IOException {
    Compatibility same = compare(PROTO3 + TOP_K, PROTO3 + "// A comment.\n" + TOP_K);

    assertThat(same).isEqualTo(new Compatibility(List.of(), List.of()));
  }

  @Test
  void aNewFieldIsNoBreakButNeedsThePluginFirst() throws IOException {
    Compatibility more =
        compare(
            PROTO3 + TOP_K,
            PROTO3
                + TOP_K.replace(
                    "int32 k = 4;", "int32 k = 4; bool strict = 10; string most_of = 11;"));

    assertThat(more.findings()).isEmpty();
    assertThat(more.notes())
        .containsExactly(
            "New, and no break: field 10 (strict) of acme.v1.TopK, field 11 (most_of) of acme.v1.TopK. A server whose plugin is older"
                + " refuses who sends them (GRAFT_EXTENSION_NEWER): bring the plugin to servers before clients use them.");
  }

  @Test
  void aFieldThatIsGone() throws IOException {
    List<Finding> found = changed("int32 k = 4;", "");

    assertThat(found)
        .containsExactly(
            new Finding(
                Rule.FIELD_NO_DELETE,
                Effect.WIRE,
                "acme.v1.TopK.k",
                "acme.proto",
                5,
                "Field 4 (k) of acme.v1.TopK is gone. Servers with the new plugin refuse clients that send it (GRAFT_EXTENSION_NEWER)."
                    + " Its number may come back with another meaning: reserved 4; reserved \"k\";"));
    assertThat(changed("int32 k = 4;", "reserved 4; reserved \"k\";"))
        .singleElement()
        .satisfies(
            each ->
                assertThat(each.text())
                    .startsWith("Field 4 (k) of acme.v1.TopK is gone.")
                    .endsWith("refuse clients that send it (GRAFT_EXTENSION_NEWER)."));
  }

  @Test
  void aFieldThatIsGoneFromAMessageThatIgnoresFields() throws IOException {
    String loose =
        "message Hint { option (graft.ignores_unknown_fields) = true; string a = 1; %s }";

    assertThat(
            brief(
                compare(
                        PROTO3 + loose.formatted("string b = 2;"),
                        PROTO3 + loose.formatted("reserved 2; reserved \"b\";"))
                    .findings()))
        .containsExactly("FIELD_NO_DELETE SOURCE acme.v1.Hint.b");
    Compatibility more =
        compare(PROTO3 + loose.formatted(""), PROTO3 + loose.formatted("string b = 2;"));
    assertThat(more.notes()).isEmpty();
    assertThat(
            brief(
                compare(PROTO3 + loose.formatted(""), PROTO3 + "message Hint { string a = 1; }")
                    .findings()))
        .containsExactly("MESSAGE_SAME_IGNORES_UNKNOWN_FIELDS WIRE acme.v1.Hint");
  }

  @Test
  void anotherNumber() throws IOException {
    assertThat(changed("int32 k = 4;", "int32 k = 14;"))
        .singleElement()
        .satisfies(
            each ->
                assertThat(each.rule() + " " + each.effect() + " " + each.text())
                    .startsWith(
                        "FIELD_NO_DELETE WIRE Field k of acme.v1.TopK had the number 4 and has 14.")
                    .endsWith("Keep the number."));
  }

  @Test
  void anotherNameOfAField() throws IOException {
    List<Finding> found = changed("int32 k = 4;", "int32 count = 4;");

    assertThat(brief(found)).containsExactly("FIELD_SAME_NAME SOURCE acme.v1.TopK.count");
    assertThat(found.get(0).line()).isEqualTo(10);
    assertChange(
        "int32 k = 4;",
        "int32 k = 4 [json_name = \"count\"];",
        "FIELD_SAME_JSON_NAME SOURCE acme.v1.TopK.k");
  }

  @Test
  void aNumberThatMeansSomethingElse() throws IOException {
    assertChange(
        "int32 k = 4;",
        "string title = 4;",
        "FIELD_SAME_NAME SOURCE acme.v1.TopK.title",
        "FIELD_SAME_TYPE WIRE acme.v1.TopK.title");
  }

  @Test
  void typesThatReadEachOtherOnTheWireBreakSourceAlone() throws IOException {
    for (String type : List.of("int64", "uint32", "uint64", "bool")) {
      assertChange("int32 k = 4;", type + " k = 4;", "FIELD_SAME_TYPE SOURCE acme.v1.TopK.k");
    }
    for (String type : List.of("sint32", "fixed32", "float", "bytes", "Ties")) {
      assertChange("int32 k = 4;", type + " k = 4;", "FIELD_SAME_TYPE WIRE acme.v1.TopK.k");
    }
    assertChange(
        "string order_by", "bytes order_by", "FIELD_SAME_TYPE SOURCE acme.v1.TopK.order_by");
    assertThat(
            brief(
                compare(
                        PROTO3 + "message A { bytes b = 1; sint32 s = 2; fixed64 f = 3; }",
                        PROTO3 + "message A { string b = 1; sint64 s = 2; sfixed64 f = 3; }")
                    .findings()))
        .containsExactly(
            "FIELD_SAME_TYPE WIRE acme.v1.A.b",
            "FIELD_SAME_TYPE SOURCE acme.v1.A.s",
            "FIELD_SAME_TYPE SOURCE acme.v1.A.f");
  }

  @Test
  void anotherMessageOrEnumAsTheType() throws IOException {
    String messages = "message A { %s x = 1; } message B {} message C {} ";
    assertThat(
            brief(
                compare(PROTO3 + messages.formatted("B"), PROTO3 + messages.formatted("C"))
                    .findings()))
        .containsExactly("FIELD_SAME_TYPE WIRE acme.v1.A.x");
    String enums =
        "message A { %s x = 1; } enum E { X = 0; } message N { enum E { X = 0; Y = 1; } } message O { enum E { Y = 0; } }";
    assertThat(
            brief(
                compare(PROTO3 + enums.formatted("E"), PROTO3 + enums.formatted("N.E")).findings()))
        .containsExactly("FIELD_SAME_TYPE SOURCE acme.v1.A.x");
    assertThat(
            brief(
                compare(PROTO3 + enums.formatted("E"), PROTO3 + enums.formatted("O.E")).findings()))
        .containsExactly("FIELD_SAME_TYPE WIRE acme.v1.A.x");
  }

  @Test
  void howManyValuesAFieldHas() throws IOException {
    String by = "FIELD_SAME_CARDINALITY WIRE acme.v1.TopK.by";
    assertChange("repeated string by", "string by", by);
    assertChange(
        "int32 k = 4;", "repeated int32 k = 4;", "FIELD_SAME_CARDINALITY WIRE acme.v1.TopK.k");
    assertChange(
        "repeated string by",
        "map<string, string> by",
        "FIELD_SAME_CARDINALITY WIRE acme.v1.TopK.by");
    assertChange(
        "int32 k = 4;", "optional int32 k = 4;", "FIELD_SAME_CARDINALITY SOURCE acme.v1.TopK.k");
    assertChange(
        "map<string, int32> weights",
        "map<string, string> weights",
        "FIELD_SAME_TYPE WIRE acme.v1.TopK.weights");
  }

  @Test
  void aMapIsAListOfItsEntriesOnTheWire() throws IOException {
    String entries = "message Entry { string key = 1; int32 value = 2; } message A { %s e = 1; }";

    assertThat(
            brief(
                compare(
                        PROTO3 + entries.formatted("repeated Entry"),
                        PROTO3 + entries.formatted("map<string, int32>"))
                    .findings()))
        .containsExactly("FIELD_SAME_CARDINALITY SOURCE acme.v1.A.e");
  }

  @Test
  void oneofs() throws IOException {
    assertChange(
        "oneof bound { int64 least = 5; string most = 6; }",
        "oneof bound { int64 least = 5; } string most = 6;",
        "FIELD_SAME_ONEOF WIRE acme.v1.TopK.most");
    assertChange(
        "int32 k = 4;\n  oneof bound {",
        "oneof bound { int32 k = 4;",
        "FIELD_SAME_ONEOF WIRE acme.v1.TopK.k");
    assertChange("oneof bound", "oneof limit_of", "ONEOF_NO_DELETE SOURCE acme.v1.TopK.bound");
    assertChange(
        "oneof bound { int64 least = 5; string most = 6; }",
        "int64 least = 5; string most = 6;",
        "ONEOF_NO_DELETE SOURCE acme.v1.TopK.bound",
        "FIELD_SAME_ONEOF WIRE acme.v1.TopK.least",
        "FIELD_SAME_ONEOF WIRE acme.v1.TopK.most");
  }

  @Test
  void valuesOfEnums() throws IOException {
    String first = "acme.v1.TopK.Ties.FIRST";
    assertChange("FIRST = 2;", "", "ENUM_VALUE_NO_DELETE WIRE " + first);
    assertChange("FIRST = 2;", "FIRST = 3;", "ENUM_VALUE_NO_DELETE WIRE " + first);
    assertChange("FIRST = 2;", "LEAST = 2;", "ENUM_VALUE_SAME_NAME SOURCE acme.v1.TopK.Ties.LEAST");
    assertChange("FIRST = 2;", "FIRST = 2; LAST = 3;");
    String nested = "message A { %s }";
    assertThat(
            brief(
                compare(
                        PROTO3 + nested.formatted("enum E { X = 0; }"),
                        PROTO3 + nested.formatted("enum F { Z = 0; }"))
                    .findings()))
        .containsExactly("ENUM_NO_DELETE SOURCE acme.v1.A.E");
  }

  @Test
  void whatWasReservedAndIsFree() throws IOException {
    assertThat(changed("reserved 20 to 30, 40;", "reserved 20 to 24, 26 to 30;"))
        .singleElement()
        .satisfies(
            each ->
                assertThat(each.rule() + " " + each.text())
                    .startsWith(
                        "RESERVED_MESSAGE_NO_DELETE 20 to 30, 40 was reserved in acme.v1.TopK and is free."));
    assertChange("reserved 20 to 30, 40;", "reserved 20 to 25, 26 to 40;");
    assertChange("reserved \"limit\";", "", "RESERVED_MESSAGE_NO_DELETE WIRE acme.v1.TopK");
    assertProto2(
        "enum E { X = 0; reserved 4; }",
        "enum E { X = 0; Y = 4; }",
        "RESERVED_ENUM_NO_DELETE WIRE acme.v1.E");
  }

  @Test
  void messagesThatAreGone() throws IOException {
    String rest = PROTO3 + "message A { B b = 1; message N {} } message B { string x = 1; } ";

    List<Finding> found =
        compare(rest + TOP_K, PROTO3 + "message A { C b = 1; } message C { string x = 1; }")
            .findings();

    assertThat(brief(found))
        .containsExactly(
            "FIELD_SAME_TYPE WIRE acme.v1.A.b",
            "MESSAGE_NO_DELETE SOURCE acme.v1.A.N",
            "MESSAGE_NO_DELETE SOURCE acme.v1.B",
            "MESSAGE_NO_DELETE WIRE acme.v1.TopK");
    assertThat(found.get(2).text()).startsWith("Message acme.v1.B is gone, or called C now.");
    assertThat(found.get(3).text()).contains("GRAFT_EXTENSION_UNKNOWN");
  }

  @Test
  void anotherPackageIsSaidOnce() throws IOException {
    List<Finding> found =
        compare(PROTO3 + TOP_K, (PROTO3 + TOP_K).replace("acme.v1", "acme.v2")).findings();

    assertThat(brief(found)).containsExactly("FILE_SAME_PACKAGE WIRE acme.v2");
    assertThat(
            brief(
                compare(
                        PROTO3 + "option java_package = \"com.a\"; message A {}",
                        PROTO3 + "option java_package = \"com.b\"; message A {}")
                    .findings()))
        .containsExactly("FILE_SAME_JAVA_PACKAGE SOURCE acme.v1");
  }

  @Test
  void anotherFileGivesAnotherModule() throws IOException {
    SourceFiles old = read("acme.proto", PROTO3 + TOP_K);
    SourceFiles now = read("other.proto", PROTO3 + TOP_K);
    SourceFiles rest = read("acme.proto", PROTO3 + "message Rest {}");

    Compatibility moved = Compatibility.of(old, SourceFiles.merge(List.of(now, rest)), false);

    assertThat(brief(moved.findings())).containsExactly("MESSAGE_NO_DELETE SOURCE acme.v1.TopK");
    assertThat(moved.findings().get(0).text())
        .contains("stood in acme.proto and stands in other.proto");
    // One file beside one is the same, as a copy of an earlier one is.
    assertThat(Compatibility.of(old, now, false).findings()).isEmpty();
  }

  @Test
  void whatAnnotationsSay() throws IOException {
    String topK = "acme.v1.TopK";
    assertChange("kind: RELATION", "kind: EXPRESSION", "OPERATION_SAME_KIND WIRE " + topK);
    assertChange(
        "option (graft.operation) = {kind: RELATION};", "", "OPERATION_NO_DELETE SOURCE " + topK);
    assertChange(
        "kind: RELATION", "kind: RELATION, name: \"best\"", "OPERATION_SAME_NAME SOURCE " + topK);
    assertChange("kind: RELATION", "kind: RELATION, name: \"top_k\"");
    assertChange(
        " [(graft.argument).required = true]",
        "",
        "ARGUMENT_SAME_REQUIRED SOURCE acme.v1.TopK.input");
    assertChange(
        "int32 k = 4;",
        "int32 k = 4 [(graft.argument).required = true];",
        "ARGUMENT_SAME_REQUIRED WIRE acme.v1.TopK.k");
    assertChange(
        "int32 k = 4;",
        "int32 k = 4; string unit = 10 [(graft.argument).required = true];",
        "ARGUMENT_SAME_REQUIRED WIRE acme.v1.TopK.unit");
    String about =
        "message About { option (graft.operation) = {kind: COMMAND %s}; bytes b = 1 %s; }";
    assertThat(
            brief(
                compare(
                        PROTO3 + about.formatted(", rows: true", ""),
                        PROTO3
                            + about.formatted(
                                ", reply: \"acme.v1.About\"",
                                "[(graft.argument).holds = RELATION]"))
                    .findings()))
        .containsExactly(
            "ARGUMENT_SAME_HOLDS WIRE acme.v1.About.b",
            "OPERATION_SAME_REPLY WIRE acme.v1.About",
            "OPERATION_SAME_ROWS WIRE acme.v1.About");
  }

  @Test
  void whatOnlyProto2Has() throws IOException {
    assertProto2(
        "message A { required string a = 1; optional string b = 2 [default = 'x']; optional group G = 3 {} extensions 100 to 199; }",
        "message A { optional string a = 1; optional string b = 2 [default = 'y']; optional G g = 3; message G {} extensions 100 to 150; required int32 n = 4; }",
        "MESSAGE_SAME_REQUIRED_FIELDS WIRE acme.v1.A.a",
        "FIELD_SAME_DEFAULT WIRE acme.v1.A.b",
        "FIELD_SAME_TYPE WIRE acme.v1.A.g",
        "MESSAGE_SAME_REQUIRED_FIELDS WIRE acme.v1.A.n",
        "EXTENSION_MESSAGE_NO_DELETE WIRE acme.v1.A");
    assertProto2(
        "message A { required string a = 1; }",
        "message A { repeated string a = 1; }",
        "MESSAGE_SAME_REQUIRED_FIELDS WIRE acme.v1.A.a",
        "FIELD_SAME_CARDINALITY WIRE acme.v1.A.a");
    Compatibility more = compare(PROTO2 + "enum E { X = 0; }", PROTO2 + "enum E { X = 0; Y = 1; }");
    assertThat(more.findings()).isEmpty();
    assertThat(more.notes()).singleElement().asString().contains("value 1 (Y) of acme.v1.E");
    assertThat(
            brief(
                compare(
                        PROTO3 + "enum E { X = 0; }",
                        "edition = \"2023\"; package acme.v1; option features.enum_type = CLOSED; enum E { X = 0; }")
                    .findings()))
        .containsExactly("ENUM_SAME_TYPE WIRE acme.v1.E");
  }

  @Test
  void whatAServerHasBesidesIsNotMissed() throws IOException {
    SourceFiles old = read("acme.proto", PROTO3 + TOP_K);
    SourceFiles others =
        read("others.proto", PROTO3.replace("acme.v1", "other.v1") + "message O {}");
    SourceFiles server =
        Sources.ofServer(
            List.of(set(old), set(others)),
            Map.of("acme.v1.TopK", Set.of(OperationKind.RELATION)),
            "the server");
    SourceFiles now = read("acme.proto", PROTO3 + TOP_K.replace("int32 k = 4;", ""));

    assertThat(brief(Compatibility.of(server, now, true).findings()))
        .containsExactly("FIELD_NO_DELETE WIRE acme.v1.TopK.k");
    assertThat(brief(Compatibility.of(server, now, false).findings()))
        .contains("MESSAGE_NO_DELETE WIRE other.v1.O");
    SourceFiles stranger = read("x.proto", "syntax = \"proto3\"; package x; message X {}");
    assertThat(Compatibility.of(server, stranger, true).notes())
        .singleElement()
        .asString()
        .startsWith("Nothing was compared");
  }

  private static byte[] set(SourceFiles files) {
    FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
    for (FileDescriptorProto file : files.protos()) {
      if (!file.getName().startsWith("spark/") && !file.getName().startsWith("google/")) {
        set.addFile(file);
      }
    }
    return set.build().toByteArray();
  }

  @Test
  void aFolderStandsForItsFiles() throws IOException {
    Path old = Files.createDirectories(folder.resolve("protos/acme/v1"));
    Files.writeString(old.resolve("acme.proto"), PROTO3 + TOP_K);
    Files.writeString(old.resolve("more.proto"), PROTO3 + "message More {}");

    SourceFiles read = new Sources(List.of(), null).read(List.of(folder.resolve("protos")));

    assertThat(read.wanted()).containsExactly("acme/v1/acme.proto", "acme/v1/more.proto");
  }
}
