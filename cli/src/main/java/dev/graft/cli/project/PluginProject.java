package dev.graft.cli.project;

import dev.graft.registry.ExtensionCatalog;
import dev.graft.spi.ExtensionKind;
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
 * @param kind what its message stands for
 * @param messageName of its message, such as {@code TopRows}
 */
public record PluginProject(
    String name, String packageName, ExtensionKind kind, String messageName) {
  /** Longer ones make paths that not every system takes. */
  private static final int LONGEST = 100;

  private static final String SUFFIX = "-plugin";

  /**
   * Simple names of classes that the project's files import, so that a message can't have one of
   * them.
   */
  private static final Set<String> TAKEN =
      Set.of(
          "Aggregates",
          "Class",
          "CommandPlugin",
          "CommandResult",
          "Expression",
          "ExpressionNode",
          "ExpressionPlugin",
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
          "RelationPlugin",
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
    if (!messageName.matches("[A-Z][A-Za-z0-9]*") || messageName.length() > LONGEST) {
      throw new IllegalArgumentException(
          "'"
              + messageName
              + "' is no name for a message. Give words in one that begin with capitals, such as TopRows");
    }
    if (TAKEN.contains(messageName)) {
      throw new IllegalArgumentException(
          "A message called "
              + messageName
              + " would hide a class that the project uses. Give another name, such as My"
              + messageName);
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

  /** A relation in the package {@code com.example}, all named after the project. */
  public static PluginProject named(String name) {
    return new PluginProject(name, packageOf(name), ExtensionKind.RELATION, messageOf(name));
  }

  /** The package of a project of which only the name is given. */
  public static String packageOf(String name) {
    String last = name.replace("-", "");
    return "com.example." + (SourceVersion.isKeyword(last) ? last + "_plugin" : last);
  }

  /**
   * The message of a project of which only the name is given: {@code TopRows} of {@code top-rows},
   * and of {@code top-rows-plugin}.
   */
  public static String messageOf(String name) {
    return Arrays.stream(withoutSuffix(name).split("-", -1))
        .filter(word -> !word.isEmpty())
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }

  /** The name in clients, and of the file with the message: {@code top_rows} of {@code TopRows}. */
  public String operation() {
    return ExtensionCatalog.nameOf(messageName);
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
