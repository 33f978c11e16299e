package dev.graft.cli.check;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.linkage.Implementations;
import dev.graft.registry.loading.PluginBundle;
import dev.graft.registry.source.ServicesFiles;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.spi.NativePlugin;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A jar, or a folder whose jars share a class loader, and the plugins that it has. It is open until
 * it is closed.
 *
 * @param path as it was given
 * @param bundle the opened jar
 * @param plugins the classes that are Graft's plugins
 * @param unnamed those of them that no services file names
 * @param own the classes that implement Spark's own interfaces
 */
public record CheckedJar(
    Path path, PluginBundle bundle, List<String> plugins, List<String> unnamed, List<String> own)
    implements Closeable {
  /** Spark's own interfaces for plugins. */
  static final List<String> SPARK =
      List.of(
          "org.apache.spark.sql.connect.plugin.RelationPlugin",
          "org.apache.spark.sql.connect.plugin.ExpressionPlugin",
          "org.apache.spark.sql.connect.plugin.CommandPlugin");

  /** The interfaces of Graft's typed API. */
  static final List<String> TYPED =
      List.of(
          "dev.graft.api.RelationPlugin",
          "dev.graft.api.ExpressionPlugin",
          "dev.graft.api.CommandPlugin",
          "dev.graft.api.spark.NativeRelationPlugin",
          "dev.graft.api.spark.NativeExpressionPlugin",
          "dev.graft.api.spark.NativeCommandPlugin");

  private static final List<String> GRAFT =
      Stream.concat(
              Stream.of(ExtensionPlugin.class.getName(), NativePlugin.class.getName()),
              TYPED.stream())
          .toList();

  public CheckedJar {
    plugins = List.copyOf(plugins);
    unnamed = List.copyOf(unnamed);
    own = List.copyOf(own);
  }

  /**
   * Looks into a jar.
   *
   * @param classes classes that are plugins where the jar has them
   * @throws GraftException if it cannot be read
   */
  public static CheckedJar open(Path path, Collection<String> classes) {
    PluginBundle bundle = PluginBundle.open(path);
    try {
      Implementations found = new Implementations(bundle.libraries());
      List<String> named = ServicesFiles.plugins(bundle);
      List<String> own = found.of(SPARK);
      TreeSet<String> unnamed = new TreeSet<>(found.of(GRAFT));
      classes.stream().filter(bundle::contains).forEach(unnamed::add);
      named.forEach(unnamed::remove);
      own.forEach(unnamed::remove);
      List<String> plugins = new ArrayList<>(named);
      plugins.addAll(unnamed);
      return new CheckedJar(path, bundle, plugins, List.copyOf(unnamed), own);
    } catch (IOException e) {
      bundle.close();
      throw new GraftException(
          ErrorCode.GRAFT_JAR_UNREADABLE,
          path + " is damaged (" + e.getMessage() + "). Copy it again.",
          e);
    } catch (GraftException e) {
      bundle.close();
      throw e;
    }
  }

  @Override
  public void close() {
    bundle.close();
  }
}
