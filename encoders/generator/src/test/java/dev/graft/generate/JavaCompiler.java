package dev.graft.generate;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles generated Java in this JVM, with every warning of the compiler and of Javadoc an error.
 */
final class JavaCompiler {
  private JavaCompiler() {}

  /** Compiles; returns what the compiler says, which is nothing if all is well. */
  static String compile(List<GeneratedFile> files, Path classes) {
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    List<Source> sources = files.stream().map(Source::new).toList();
    var compiler = ToolProvider.getSystemJavaCompiler();
    compiler
        .getTask(
            null,
            compiler.getStandardFileManager(said, null, null),
            said,
            List.of(
                "-Xlint:all,-classfile,-path,-processing,-options",
                "-Xdoclint:all/protected",
                "-Werror",
                "--release",
                "17",
                "-d",
                classes.toString(),
                "-cp",
                classPath()),
            null,
            sources)
        .call();
    StringBuilder text = new StringBuilder();
    said.getDiagnostics().forEach(each -> text.append(each).append('\n'));
    return text.toString();
  }

  static URLClassLoader load(Path classes) throws IOException {
    return new URLClassLoader(
        new URL[] {classes.toUri().toURL()}, JavaCompiler.class.getClassLoader());
  }

  private static String classPath() {
    String surefire = System.getProperty("surefire.test.class.path");
    return (surefire == null ? System.getProperty("java.class.path") : surefire)
        .replace("\n", File.pathSeparator);
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(GeneratedFile file) {
      super(URI.create("string:///" + file.path()), Kind.SOURCE);
      this.text = file.text();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
