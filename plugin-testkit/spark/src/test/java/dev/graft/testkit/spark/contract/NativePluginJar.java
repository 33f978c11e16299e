package dev.graft.testkit.spark.contract;

import dev.graft.api.spark.NativeRelationPlugin;
import dev.graft.testkit.jar.AuthorClassPath;
import dev.graft.testkit.jar.PluginJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkThrowable;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import scala.Option;
import scala.reflect.api.TypeTags;

/** Native plugins from their sources: the jar for a server, and the classes for the test. */
final class NativePluginJar {
  private static final Path FOLDER = Path.of("target/native-plugins");

  private static final String PREAMBLE =
      """
      package acme;
      import com.google.protobuf.*;
      import dev.graft.api.spark.*;
      import dev.graft.spi.PlanningException;
      import java.util.*;
      import org.apache.spark.api.java.function.FilterFunction;
      import org.apache.spark.connect.proto.*;
      import org.apache.spark.sql.Column;
      import org.apache.spark.sql.Dataset;
      import org.apache.spark.sql.Row;
      import org.apache.spark.sql.functions;
      """;

  private static final Path[] SPARK =
      Stream.of(
              NativeRelationPlugin.class,
              Dataset.class,
              SparkContext.class,
              SparkThrowable.class,
              FilterFunction.class,
              Option.class,
              TypeTags.class)
          .map(AuthorClassPath::of)
          .toArray(Path[]::new);

  private final ClassLoader loader;

  /**
   * Compiles plugins into a jar of their own.
   *
   * @param bodies what a class with such a name does, each {@code Kind<Message> { … }}
   */
  NativePluginJar(String name, Map<String, String> bodies) {
    String[] sources =
        bodies.entrySet().stream()
            .map(
                body ->
                    PREAMBLE
                        + "public class "
                        + body.getKey()
                        + " implements Native"
                        + body.getValue().strip())
            .toArray(String[]::new);
    PluginJar jar = PluginJar.of(sources).compiledAgainst(SPARK);
    for (String kind : new String[] {"Relation", "Expression", "Command"}) {
      String[] classes =
          bodies.entrySet().stream()
              .filter(body -> body.getValue().strip().startsWith(kind))
              .map(body -> "acme." + body.getKey())
              .toArray(String[]::new);
      if (classes.length > 0) {
        jar = jar.service("dev.graft.api.spark.Native" + kind + "Plugin", classes);
      }
    }
    try {
      URL url = jar.writeTo(FOLDER.resolve(name + ".jar").toAbsolutePath()).toUri().toURL();
      loader = new URLClassLoader(new URL[] {url}, NativePluginJar.class.getClassLoader());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Compiles plugins into a jar of their own.
   *
   * @param namesAndBodies a class name, and what that class does, by turns
   */
  static NativePluginJar of(String name, String... namesAndBodies) {
    Map<String, String> bodies = new LinkedHashMap<>();
    for (int index = 0; index < namesAndBodies.length; index += 2) {
      bodies.put(namesAndBodies[index], namesAndBodies[index + 1]);
    }
    if (bodies.size() * 2 != namesAndBodies.length) {
      throw new IllegalArgumentException(Arrays.toString(namesAndBodies));
    }
    return new NativePluginJar(name, bodies);
  }

  Object plugin(String name) {
    try {
      return loader.loadClass("acme." + name).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(name + " cannot be made", e);
    }
  }
}
