package dev.graft.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import dev.graft.generate.model.OperationKind;
import dev.graft.generate.source.SourceFiles;
import dev.graft.generate.source.Sources;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same client comes of whatever the messages are read from. */
class SourcesTest {
  private static final Path EXAMPLES = Path.of("../../plugin-examples");
  private static final Path FRAMES = EXAMPLES.resolve("portable/target/acme-frames-1.0.0.jar");
  private static final Path LEGACY = EXAMPLES.resolve("old-protobuf/target/acme-legacy-1.0.0.jar");
  private static final Path PROTO =
      EXAMPLES.resolve("portable/src/main/protobuf/acme/frames/v1/frames.proto");

  @TempDir Path folder = Path.of("");

  private static String python(Path... sources) {
    return generate(Map.of(), sources).files().get(0).text();
  }

  private static Generator.Result generate(Map<String, OperationKind> kinds, Path... sources) {
    return Generator.generate("python", new Sources(List.of(), null).read(List.of(sources)), kinds);
  }

  @Test
  void aJarWithDescriptorsGivesTheSameAsItsProtoFile() {
    assertThat(python(FRAMES)).isEqualTo(python(PROTO)).contains("The first k rows of each group.");
  }

  @Test
  void regeneratingGivesTheSameBytes() {
    assertThat(python(PROTO)).isEqualTo(python(PROTO));
  }

  @Test
  void aDescriptorSetGivesTheSame() throws IOException {
    Path set = folder.resolve("frames.binpb");
    try (JarFile jar = new JarFile(FRAMES.toFile());
        InputStream in = jar.getInputStream(jar.getEntry("META-INF/graft/descriptors.binpb"))) {
      Files.copy(in, set);
    }
    assertThat(python(set)).isEqualTo(python(PROTO));
  }

  @Test
  void aJarWithProtoFilesIsCompiled() throws IOException {
    Path jar = copy(FRAMES, name -> !name.startsWith("META-INF/graft") && !name.endsWith(".class"));
    add(jar, "acme/frames/v1/frames.proto", Files.readAllBytes(PROTO));
    assertThat(python(jar)).isEqualTo(python(PROTO));
  }

  @Test
  void aJarWithClassesAloneGivesOperationsWithoutComments() throws IOException {
    String text = python(copy(FRAMES, name -> !name.startsWith("META-INF/graft")));
    assertThat(text).contains("def top_k(\n    input: DataFrame,", "def mask(");
    assertThat(text).doesNotContain("The first k rows");
  }

  @Test
  void theJarsPluginsTellTheKindsOfMessagesWithoutAnnotations() {
    SourceFiles source = new Sources(List.of(), null).read(List.of(LEGACY));
    assertThat(source.kinds())
        .isEqualTo(Map.of("acme.legacy.v1.Stamp", Set.of(OperationKind.RELATION)));
    assertThat(python(LEGACY))
        .contains("def stamp(", ") -> DataFrame:", "column: str | None = None");
  }

  @Test
  void theCallersKindCountsForMoreThanThePlugins() {
    String text =
        generate(Map.of("acme.legacy.v1.Stamp", OperationKind.COMMAND), LEGACY)
            .files()
            .get(0)
            .text();
    assertThat(text).contains("_operations.command(");
  }

  @Test
  void importsAreFoundBelowTheFolderThatThePackageNames() throws IOException {
    Path root = Files.createDirectories(folder.resolve("acme/v1"));
    Files.writeString(
        root.resolve("types.proto"),
        "syntax = \"proto3\"; package acme.v1; message P { int32 x = 1; }");
    Path file =
        Files.writeString(
            root.resolve("ops.proto"),
            Clients.HEAD
                + "import \"acme/v1/types.proto\"; message A { option (graft.operation) = {kind:"
                + " RELATION}; P p = 1; }");
    assertThat(python(file)).contains("from acme/v1/ops.proto.", "class P:");
  }

  @Test
  void importsAreFoundOnTheProtoPath() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.writeString(
        other.resolve("types.proto"),
        "syntax = \"proto3\"; package acme.v1; message P { int32 x = 1; }");
    Path file =
        Files.writeString(
            folder.resolve("ops.proto"),
            Clients.HEAD + "import \"types.proto\"; message A { P p = 1; }");
    SourceFiles source = new Sources(List.of(other), null).read(List.of(file));
    assertThat(source.wanted()).containsExactly("ops.proto");
  }

  @Test
  void filesOfOneNameInTwoFoldersAreToldApart() throws IOException {
    for (String version : List.of("v1", "v2")) {
      Files.createDirectories(folder.resolve("acme/" + version));
      Files.writeString(
          folder.resolve("acme/" + version + "/ops.proto"),
          Clients.HEAD.replace("acme.v1", "acme." + version)
              + "message A { option (graft.operation) = {kind: RELATION}; }");
    }
    Generator.Result result =
        generate(
            Map.of(), folder.resolve("acme/v1/ops.proto"), folder.resolve("acme/v2/ops.proto"));
    assertThat(result.files())
        .extracting(GeneratedFile::path)
        .containsExactly("v1_ops.py", "v2_ops.py");
  }

  @Test
  void sourcesThatContradictEachOtherAreRefused() throws IOException {
    Path changed = folder.resolve("changed.jar");
    Files.copy(
        copy(FRAMES, name -> !name.startsWith("META-INF/graft") && !name.endsWith(".class")),
        changed);
    add(
        changed,
        "acme/frames/v1/frames.proto",
        Files.readString(PROTO)
            .replace("int32 k = 4", "int64 k = 4")
            .getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> python(FRAMES, changed))
        .hasMessageContaining(
            "Two sources have a file acme/frames/v1/frames.proto, and they differ.");
  }

  @Test
  void aJarThatLeavesItsFolderIsRefused() throws IOException {
    Path jar = folder.resolve("evil.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      entries.putNextEntry(new JarEntry("../../evil.proto"));
      entries.write("syntax = \"proto3\";".getBytes(StandardCharsets.UTF_8));
    }
    assertThatThrownBy(() -> python(jar))
        .hasMessageContaining("has an entry that leaves its folder");
  }

  @Test
  void protocGetsTheSameFiles() throws IOException {
    SourceFiles source = new Sources(List.of(), null).read(List.of(PROTO));
    CodeGeneratorRequest request =
        CodeGeneratorRequest.newBuilder()
            .setParameter("lang=python")
            .addAllProtoFile(source.protos())
            .addFileToGenerate("acme/frames/v1/frames.proto")
            .build();
    CodeGeneratorResponse response = answer(request);
    assertThat(response.getError()).isEmpty();
    assertThat(response.getFile(0).getName()).isEqualTo("frames.py");
    assertThat(response.getFile(0).getContent()).isEqualTo(python(PROTO));
  }

  @Test
  void protocGetsTheErrorAsText() throws IOException {
    CodeGeneratorResponse response =
        answer(CodeGeneratorRequest.newBuilder().setParameter("lang=python,speed=11").build());
    assertThat(response.getError()).contains("There is no parameter 'speed'");
  }

  private static CodeGeneratorResponse answer(CodeGeneratorRequest request) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ProtocPlugin.run(
        new ByteArrayInputStream(request.toByteArray()),
        out,
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    return CodeGeneratorResponse.parseFrom(out.toByteArray());
  }

  private Path copy(Path jar, Predicate<String> wanted) throws IOException {
    Path copy = Files.createTempFile(folder, "copy", ".jar");
    try (JarFile from = new JarFile(jar.toFile());
        JarOutputStream to = new JarOutputStream(Files.newOutputStream(copy))) {
      for (JarEntry entry : Collections.list(from.entries())) {
        if (wanted.test(entry.getName())) {
          to.putNextEntry(new JarEntry(entry.getName()));
          try (InputStream in = from.getInputStream(entry)) {
            in.transferTo(to);
          }
        }
      }
    }
    return copy;
  }

  private void add(Path jar, String name, byte[] content) throws IOException {
    Path before = Files.createTempFile(folder, "before", ".jar");
    Files.write(before, Files.readAllBytes(jar));
    try (JarFile from = new JarFile(before.toFile());
        JarOutputStream to = new JarOutputStream(Files.newOutputStream(jar))) {
      for (JarEntry entry : Collections.list(from.entries())) {
        to.putNextEntry(new JarEntry(entry.getName()));
        try (InputStream in = from.getInputStream(entry)) {
          in.transferTo(to);
        }
      }
      to.putNextEntry(new JarEntry(name));
      to.write(content);
    }
  }
}
