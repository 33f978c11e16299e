package dev.graft.cli.documents;

import dev.graft.generate.GeneratedFile;
import dev.graft.generate.Generator;
import dev.graft.generate.KindOptions;
import dev.graft.generate.source.Sources;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The Java in documents, each block in a class of its own. A block has types, or statements of a
 * plugin's method. Documents leave out imports that everybody's editor adds; they are here.
 */
final class DocumentedJava {
  private static final String IMPORTS =
      """
      import com.acme.frames.*;
      import com.acme.frames.v1.*;
      import com.acme.nativeplans.*;
      import com.google.protobuf.Any;
      import com.google.protobuf.Message;
      import com.google.protobuf.StringValue;
      import dev.graft.api.*;
      import dev.graft.api.node.*;
      import dev.graft.encoder.*;
      import dev.graft.testkit.jar.PluginJar;
      import dev.graft.spi.PlanningException;
      import dev.graft.testkit.*;
      import dev.graft.testkit.arbitrary.ConnectArbitraries;
      import dev.graft.testkit.contract.PluginContract;
      import dev.graft.testkit.spark.*;
      import dev.graft.testkit.spark.contract.NativePluginContract;
      import java.nio.file.Path;
      import java.util.List;
      import java.util.Optional;
      import net.jqwik.api.Arbitrary;
      import org.apache.spark.connect.proto.Expression;
      import org.apache.spark.connect.proto.Relation;
      import org.junit.jupiter.api.Test;
      """;

  private static final Pattern TYPES =
      Pattern.compile(
          "^(?:@\\w|(?:public |final |abstract )*(?:class|record|interface) \\w)",
          Pattern.MULTILINE);
  private static final Pattern IMPORT = Pattern.compile("^import .*;\n", Pattern.MULTILINE);

  /** Modules that this one has not on its class path, since only tests of plugins use them. */
  private static final List<String> MORE =
      List.of("plugin-testkit/kit", "plugin-testkit/spark", "plugin-api-spark");

  private static final Path FRAMES =
      Document.ROOT.resolve("plugin-examples/portable/target/acme-frames-1.0.0.jar");

  private final List<JavaFileObject> units = new ArrayList<>();

  int size() {
    return units.size();
  }

  void add(Document document, Document.Block block) {
    String name = "Block" + units.size();
    // What a document leaves out does not have to run.
    String code = block.code().replace("{ … }", "{ throw new UnsupportedOperationException(); }");
    String imports =
        IMPORT.matcher(code).results().map(found -> found.group()).collect(Collectors.joining());
    code = IMPORT.matcher(code).replaceAll("");
    String body =
        TYPES.matcher(code).find()
            ? code
            : "TopK topK; Publish publish; PlanningContext context; Path folder; byte[] descriptorSet;\n"
                + "void block() throws Exception {\n"
                + code
                + "}\n";
    String place = document.file().toString().replaceAll("\\W", "_") + "_" + block.line();
    units.add(
        new Source(
            place + "/" + name, IMPORTS + imports + "final class " + name + " {\n" + body + "}\n"));
  }

  /** Compiles all; returns what is wrong, with the document and line of the block. */
  List<String> compile(Path classes) throws Exception {
    List<JavaFileObject> all = new ArrayList<>(units);
    for (GeneratedFile file :
        Generator.generate(
                "java",
                new Sources(List.of(), null).read(List.of(FRAMES)),
                KindOptions.of(List.of(), List.of(), List.of()))
            .files()) {
      all.add(new Source(file.path().replaceFirst("\\.java$", ""), file.text()));
    }
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(said, null, null)) {
      compiler
          .getTask(
              null,
              files,
              said,
              List.of("-proc:none", "-cp", classPath(), "-d", classes.toString()),
              null,
              all)
          .call();
    }
    return said.getDiagnostics().stream()
        .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
        .map(one -> one.getMessage(Locale.ROOT) + " at " + one)
        .toList();
  }

  private static String classPath() {
    StringBuilder path =
        new StringBuilder(
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    for (String module : MORE) {
      Path classes = Document.ROOT.resolve(module).resolve("target/classes");
      if (!Files.isDirectory(classes)) {
        throw new IllegalStateException(classes + " is not there: build the modules before");
      }
      path.append(File.pathSeparator).append(classes);
    }
    return path.toString();
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name + Kind.SOURCE.extension), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
