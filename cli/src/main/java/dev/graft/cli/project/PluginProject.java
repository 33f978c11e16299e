package dev.graft.cli.project;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/**
 * The names of a plugin project.
 *
 * @param name the artifact's name and the plugin's id: words of lower-case letters and digits, with
 *     dashes between them
 * @param packageName the package of its classes and, with {@code .v1}, of its messages
 */
public record PluginProject(String name, String packageName) {
  /** Longer ones make paths that not every system takes. */
  private static final int LONGEST = 100;

  private static final String SUFFIX = "-plugin";

  /**
   * Simple names of classes that the project's files import, so that a message can't have one of
   * them.
   */
  private static final Set<String> TAKEN =
      Set.of(
          "Class",
          "Graft",
          "List",
          "Nodes",
          "Object",
          "OnSpark",
          "Optional",
          "Override",
          "PlanningContext",
          "PlanningException",
          "PluginContract",
          "Relation",
          "String",
          "Test",
          "ThroughGateway",
          "WithPlugins");

  /**
   * Names that can be used.
   *
   * @throws IllegalArgumentException if one cannot; the text says what can
   */
  public PluginProject {
    if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*") || name.length() > LONGEST) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' is no name for a plugin. Give lower-case words with dashes between them, such as top-rows");
    }
    String message = messageName(name);
    if (TAKEN.contains(message)) {
      throw new IllegalArgumentException(
          "A message called "
              + message
              + " would hide a class that the project uses. Give another name, such as my-"
              + withoutSuffix(name));
    }
    if (!packageName.matches("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*")
        || !SourceVersion.isName(packageName)
        || packageName.length() > LONGEST) {
      throw new IllegalArgumentException(
          "'" + packageName + "' is no Java package. Give one such as com.example.toprows");
    }
    if (packageName.matches("(dev\\.graft|java|javax|org\\.apache\\.spark)(\\..*)?")) {
      throw new IllegalArgumentException(
          "The package '" + packageName + "' is of others. Give one of your own");
    }
  }

  /** A project in the package {@code com.example}. */
  public static PluginProject named(String name) {
    String last = name.replace("-", "");
    return new PluginProject(
        name, "com.example." + (SourceVersion.isKeyword(last) ? last + "_plugin" : last));
  }

  /** The message's name: {@code TopRows} of {@code top-rows}, and of {@code top-rows-plugin}. */
  public String messageName() {
    return messageName(name);
  }

  private static String messageName(String name) {
    return Arrays.stream(withoutSuffix(name).split("-", -1))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }

  /** The name in clients: {@code top_rows} of {@code top-rows}. */
  public String operation() {
    return withoutSuffix(name).replace('-', '_');
  }

  /** The name without {@code -plugin} at its end. */
  private static String withoutSuffix(String name) {
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }

  /** The package as a path. */
  public String path() {
    return packageName.replace('.', '/');
  }
}
