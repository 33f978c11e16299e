package dev.graft.generate.source;

import dev.graft.generate.model.OperationKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * The kinds of messages that a jar's plugins tell: by the service they are and the message they
 * name.
 */
final class PluginKinds {
  private static final Map<String, OperationKind> SERVICES =
      Map.of(
          "dev.graft.api.RelationPlugin", OperationKind.RELATION,
          "dev.graft.api.ExpressionPlugin", OperationKind.EXPRESSION,
          "dev.graft.api.CommandPlugin", OperationKind.COMMAND,
          "dev.graft.api.spark.NativeRelationPlugin", OperationKind.RELATION,
          "dev.graft.api.spark.NativeExpressionPlugin", OperationKind.EXPRESSION,
          "dev.graft.api.spark.NativeCommandPlugin", OperationKind.COMMAND);

  private final JarFile jar;
  private final JarClasses classes;

  PluginKinds(JarFile jar, JarClasses classes) {
    this.jar = jar;
    this.classes = classes;
  }

  /** By the messages' full names. Plugins that do not name a message of the jar are left out. */
  Map<String, Set<OperationKind>> read() throws IOException {
    Map<String, Set<OperationKind>> kinds = new TreeMap<>();
    for (Map.Entry<String, OperationKind> service : SERVICES.entrySet()) {
      for (String plugin : providers(service.getKey())) {
        message(plugin, service.getKey())
            .ifPresent(
                message ->
                    kinds
                        .computeIfAbsent(message, unused -> EnumSet.noneOf(OperationKind.class))
                        .add(service.getValue()));
      }
    }
    return kinds;
  }

  private Optional<String> message(String plugin, String service) throws IOException {
    Optional<String> type = new PluginSignature(jar, service).messageClass(plugin);
    return type.flatMap(classes::load).flatMap(classes::messageName);
  }

  private List<String> providers(String service) throws IOException {
    ZipEntry entry = jar.getEntry("META-INF/services/" + service);
    if (entry == null) {
      return List.of();
    }
    try (InputStream in = jar.getInputStream(entry)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .toList();
    }
  }
}
