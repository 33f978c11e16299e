package dev.graft.registry.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * Java sources, compiled in memory. A source without a package declaration is one of {@code acme},
 * and has the imports that plugin authors need; its line numbers are those of the text as it
 * stands.
 *
 * @param texts one compilation unit each
 * @param classPath what they are compiled against
 */
record Sources(List<String> texts, List<Path> classPath) {
  private static final String PREAMBLE =
      "package acme; import java.util.*; import dev.graft.spi.*;"
          + " import dev.graft.api.CommandPlugin; import dev.graft.api.CommandResult; import dev.graft.api.ExpressionPlugin;"
          + " import dev.graft.api.PlanningContext; import dev.graft.api.RelationPlugin;"
          + " import com.google.protobuf.Any; import com.google.protobuf.StringValue;"
          + " import org.apache.spark.connect.proto.Expression; import org.apache.spark.connect.proto.Relation; ";

  private static final Pattern PACKAGE = Pattern.compile("^\\s*package ([\\w.]+);");
  private static final Pattern TYPE =
      Pattern.compile("\\b(?:class|interface|enum|record)\\s+(\\w+)");

  /** Many tests have the same plugin beside the one they are about. */
  private static final Map<Sources, Map<String, byte[]>> COMPILED = new ConcurrentHashMap<>();

  Sources {
    texts = List.copyOf(texts);
    classPath = List.copyOf(classPath);
  }

  /**
   * The class files, by their path in a jar.
   *
   * @throws AssertionError if the sources do not compile, with what the compiler says
   */
  Map<String, byte[]> compile() {
    return texts.isEmpty() ? Map.of() : COMPILED.computeIfAbsent(this, Sources::compileAnew);
  }

  private Map<String, byte[]> compileAnew() {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(diagnostics, null, StandardCharsets.UTF_8)) {
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
      InMemory output = new InMemory(files);
      List<JavaFileObject> units = texts.stream().<JavaFileObject>map(Unit::of).toList();
      boolean compiled =
          compiler
              .getTask(
                  null,
                  output,
                  diagnostics,
                  List.of("-proc:none", "-g", "-nowarn", "-Xlint:none"),
                  null,
                  units)
              .call();
      if (!compiled) {
        throw new AssertionError(
            diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(Object::toString)
                .collect(Collectors.joining("\n")));
      }
      return output.classFiles();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One text, under the name of the first type it declares. */
  private static final class Unit extends SimpleJavaFileObject {
    private final String text;

    private Unit(URI uri, String text) {
      super(uri, Kind.SOURCE);
      this.text = text;
    }

    static Unit of(String text) {
      Matcher named = PACKAGE.matcher(text);
      boolean hasPackage = named.find();
      String folder = hasPackage ? named.group(1).replace('.', '/') : "acme";
      Matcher type = TYPE.matcher(text);
      String name = type.find() ? type.group(1) : "package-info";
      return new Unit(
          URI.create("memory:///" + folder + "/" + name + Kind.SOURCE.extension),
          hasPackage ? text : PREAMBLE + text);
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Keeps what the compiler writes. */
  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> written = new TreeMap<>();

    InMemory(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, Kind kind, FileObject sibling) {
      String path = className.replace('.', '/') + kind.extension;
      return new SimpleJavaFileObject(URI.create("memory:///" + path), kind) {
        @Override
        public OutputStream openOutputStream() {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          written.put(path, bytes);
          return bytes;
        }
      };
    }

    Map<String, byte[]> classFiles() {
      Map<String, byte[]> files = new TreeMap<>();
      written.forEach((path, bytes) -> files.put(path, bytes.toByteArray()));
      return files;
    }
  }

  /** The same sources with more to compile against. */
  Sources against(List<Path> more) {
    List<Path> all = new ArrayList<>(classPath);
    all.addAll(more);
    return new Sources(texts, all);
  }
}
