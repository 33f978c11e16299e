package dev.graft.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import dev.graft.catalog.v1.ListExtensions;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the compiler says of plugins that a server would refuse, or never load. */
class PluginCheckTest {
  private static final String RELATION =
      """
      package acme;
      import com.google.protobuf.StringValue;
      import dev.graft.api.*;
      import java.util.Optional;
      import org.apache.spark.connect.proto.*;
      public MODIFIERS class Own implements RelationPlugin<MESSAGE> {
        BODY
        public Class<MESSAGE> messageType() { return MESSAGE.class; }
        public Optional<Relation> transform(MESSAGE message, PlanningContext context) { return Optional.empty(); }
      }
      """;

  private static final String EXPRESSION =
      RELATION.replace("RelationPlugin", "ExpressionPlugin").replace("<Relation>", "<Expression>");

  @TempDir private Path folder;

  private static String plugin(String source) {
    return source.replace("MODIFIERS ", "").replace("BODY", "").replace("MESSAGE", "StringValue");
  }

  /** Names classes in the services file of an interface. */
  private void services(String type, String... names) throws IOException {
    Path file = folder.resolve("classes/META-INF/services").resolve(type);
    Files.createDirectories(file.getParent());
    Files.write(file, List.of(names));
  }

  /** What the compiler says, a line for each error or warning. */
  private List<String> compiled(String source) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Path file = Files.createDirectories(folder.resolve("acme")).resolve("Own.java");
    Files.writeString(file, source);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(said, Locale.ROOT, StandardCharsets.UTF_8)) {
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              new StringWriter(),
              files,
              said,
              List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path")),
              null,
              files.getJavaFileObjects(file));
      task.setProcessors(List.of(new PluginCheck()));
      task.call();
    }
    return said.getDiagnostics().stream()
        .filter(
            one ->
                one.getKind() == Diagnostic.Kind.ERROR || one.getKind() == Diagnostic.Kind.WARNING)
        .map(one -> one.getKind() + " " + one.getMessage(Locale.ROOT))
        .toList();
  }

  @Test
  void nothingIsSaidOfAPluginThatAServerLoads() throws Exception {
    services("dev.graft.api.RelationPlugin", "# ours", "acme.Own # the only one");
    assertThat(compiled(plugin(RELATION))).isEmpty();
  }

  @Test
  void nothingIsSaidOfClassesThatAreNoPlugins() throws Exception {
    assertThat(compiled("package acme; class Own { Own(int size) {} }")).isEmpty();
    assertThat(compiled(plugin(RELATION).replace("public class", "public abstract class")))
        .isEmpty();
  }

  @Test
  void aPluginThatNoServicesFileNamesIsAWarning() throws Exception {
    services("dev.graft.api.ExpressionPlugin", "acme.Own");
    services("dev.graft.api.RelationPlugin", "acme.Own");
    assertThat(compiled(plugin(RELATION)))
        .containsExactly(
            "ERROR META-INF/services/dev.graft.api.ExpressionPlugin names acme.Own, which is no ExpressionPlugin. Name it in the file of the interface that it implements.");

    Files.delete(folder.resolve("classes/META-INF/services/dev.graft.api.ExpressionPlugin"));
    Files.delete(folder.resolve("classes/META-INF/services/dev.graft.api.RelationPlugin"));
    assertThat(compiled(plugin(RELATION)))
        .containsExactly(
            "WARNING acme.Own is in no services file, so only a server's class list can have it loaded. Name it in src/main/resources/META-INF/services/dev.graft.api.RelationPlugin.");
  }

  @Test
  void aServicesFileThatNamesNoPluginIsAnError() throws Exception {
    services("dev.graft.api.RelationPlugin", "acme.Own", "acme.Gone");
    assertThat(compiled(plugin(RELATION)))
        .containsExactly(
            "ERROR META-INF/services/dev.graft.api.RelationPlugin names acme.Gone, which is not there. Correct the name.");

    services("dev.graft.api.RelationPlugin", "acme.Own");
    assertThat(compiled(plugin(RELATION).replace("public class", "public abstract class")))
        .singleElement()
        .asString()
        .contains("names acme.Own, which is abstract");
  }

  @Test
  void aPluginThatCannotBeMadeIsAnError() throws Exception {
    services("dev.graft.api.RelationPlugin", "acme.Own");
    assertThat(compiled(plugin(RELATION).replace("public class", "class")))
        .singleElement()
        .asString()
        .startsWith("ERROR acme.Own cannot be made by a server")
        .contains("is not public");
    assertThat(compiled(plugin(RELATION.replace("BODY", "public Own(int size) {}"))))
        .singleElement()
        .asString()
        .startsWith("ERROR acme.Own cannot be made by a server")
        .contains("no public constructor without parameters");

    services("dev.graft.api.RelationPlugin", "acme.Own$Inside");
    String inside =
        plugin(RELATION)
            .replace("public class Own", "public class Inside")
            .replaceFirst("public class", "public class Own { public class")
            .concat("}");
    assertThat(compiled(inside))
        .singleElement()
        .asString()
        .startsWith("ERROR acme.Own$Inside cannot be made by a server");
    assertThat(compiled(inside.replace("{ public class", "{ public static class"))).isEmpty();
  }

  @Test
  void anAnnotationThatSaysAnotherKindIsAnError() throws Exception {
    Path descriptors = folder.resolve("classes/META-INF/graft/descriptors.binpb");
    Files.createDirectories(descriptors.getParent());
    FileDescriptorSet set =
        FileDescriptorSet.newBuilder()
            .addFile(ListExtensions.getDescriptor().getFile().toProto())
            .build();
    Files.write(descriptors, set.toByteArray());
    services("dev.graft.api.ExpressionPlugin", "acme.Own");

    String source =
        EXPRESSION
            .replace("MODIFIERS ", "")
            .replace("BODY", "")
            .replace("MESSAGE", "dev.graft.catalog.v1.ListExtensions");
    assertThat(compiled(source))
        .containsExactly(
            "ERROR acme.Own implements ExpressionPlugin, but the annotation of its message dev.graft.catalog.v1.ListExtensions says {kind: RELATION}, which clients believe. One of them is wrong.");
  }
}
