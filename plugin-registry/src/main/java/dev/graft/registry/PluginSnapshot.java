package dev.graft.registry;

import dev.graft.registry.lowering.Descriptors;
import dev.graft.registry.lowering.InputTable;
import dev.graft.registry.plugin.LoadedPlugin;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.spi.LoadedExtension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/**
 * An immutable set of plugins, compiled for dispatch: kind and message name lead to the candidates
 * in configured order.
 *
 * <p>Finding them costs one or two hash look-ups, however many plugins there are. A name that was
 * not known when the snapshot was made leads to those plugins that ask for every message; nothing
 * is remembered of it, so clients cannot make the snapshot grow.
 *
 * <p>Requests keep the snapshot they started with while a host swaps in another.
 */
public final class PluginSnapshot {
  /**
   * What clients' libraries write in front of the name; looked up as it stands, so that the usual
   * type URL costs no substring.
   */
  private static final String USUAL_PREFIX = "type.googleapis.com/";

  /** A message that plugins of a kind are for. */
  private record Message(ExtensionKind kind, String name) {}

  /**
   * The plugins of one kind: by type URL and by name, and those to ask about a name that nobody is
   * for.
   */
  private record Index(Map<String, List<LoadedPlugin>> byUrl, List<LoadedPlugin> takersOfAny) {}

  private final List<LoadedPlugin> plugins;
  private final List<LoadedPlugin> builtIn;
  private final ExtensionCatalog catalog;
  private final Index relations;
  private final Index expressions;
  private final Index commands;
  private final ConcurrentMap<Message, ExtensionShape> shapes = new ConcurrentHashMap<>();

  /** Compiles plugins, given in configured order. */
  public PluginSnapshot(List<LoadedPlugin> plugins) {
    this(plugins, List.of());
  }

  /**
   * Compiles plugins.
   *
   * @param plugins what was configured, in configured order
   * @param builtIn what Graft adds; asked after all others
   */
  public PluginSnapshot(List<LoadedPlugin> plugins, List<LoadedPlugin> builtIn) {
    this.plugins = List.copyOf(plugins);
    this.builtIn = List.copyOf(builtIn);
    List<LoadedPlugin> all = Stream.concat(plugins.stream(), builtIn.stream()).toList();
    this.catalog = new ExtensionCatalog(all);
    this.relations = compile(all, ExtensionKind.RELATION);
    this.expressions = compile(all, ExtensionKind.EXPRESSION);
    this.commands = compile(all, ExtensionKind.COMMAND);
  }

  private static Index compile(List<LoadedPlugin> plugins, ExtensionKind kind) {
    List<LoadedPlugin> ofKind = plugins.stream().filter(plugin -> plugin.kind() == kind).toList();
    return new Index(compile(ofKind), ofKind.stream().filter(PluginSnapshot::takesAny).toList());
  }

  private static Map<String, List<LoadedPlugin>> compile(List<LoadedPlugin> ofKind) {
    Map<String, List<LoadedPlugin>> byName = new HashMap<>();
    for (LoadedPlugin plugin : ofKind) {
      for (String name : plugin.messageNames()) {
        byName.computeIfAbsent(name, key -> new ArrayList<>());
      }
    }
    for (LoadedPlugin plugin : ofKind) {
      byName.forEach(
          (name, asked) -> {
            if (takesAny(plugin) || plugin.messageNames().contains(name)) {
              asked.add(plugin);
            }
          });
    }
    Map<String, List<LoadedPlugin>> byUrl = new HashMap<>();
    byName.forEach(
        (name, asked) -> {
          List<LoadedPlugin> inOrder = List.copyOf(asked);
          byUrl.put(name, inOrder);
          byUrl.put(USUAL_PREFIX + name, inOrder);
        });
    return Map.copyOf(byUrl);
  }

  private static boolean takesAny(LoadedPlugin plugin) {
    return plugin.messageNames().contains(ExtensionPlugin.ANY_MESSAGE);
  }

  /** The plugins to ask about an extension, in configured order; empty where there is none. */
  public List<LoadedPlugin> candidates(ExtensionKind kind, String typeUrl) {
    Index index =
        switch (kind) {
          case RELATION -> relations;
          case EXPRESSION -> expressions;
          case COMMAND -> commands;
        };
    List<LoadedPlugin> found = index.byUrl().get(typeUrl);
    if (found == null) {
      found = index.byUrl().get(Extension.messageName(typeUrl));
    }
    return found == null ? index.takersOfAny() : found;
  }

  /**
   * What is known of an extension before it is answered. The first call for a message asks its
   * plugin for a description, which may take some milliseconds; that is kept.
   *
   * @return empty where no plugin is to be asked
   */
  public Optional<ExtensionShape> shape(Extension extension) {
    String name = extension.messageName();
    List<LoadedPlugin> candidates = candidates(extension.kind(), extension.typeUrl());
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    Optional<LoadedPlugin> owner =
        candidates.stream().filter(plugin -> plugin.messageNames().contains(name)).findFirst();
    return Optional.of(
        owner.isEmpty()
            ? new ExtensionShape(ExtensionCatalog.nameOf(name), Optional.empty())
            : shapes.computeIfAbsent(
                new Message(extension.kind(), name), message -> shape(owner.get(), name)));
  }

  private static ExtensionShape shape(LoadedPlugin owner, String message) {
    LoadedExtension described = ExtensionCatalog.extension(owner, message);
    byte[] descriptors = described.descriptorSet();
    return new ExtensionShape(
        described.name(),
        descriptors.length == 0
            ? Optional.empty()
            : Optional.of(InputTable.of(Descriptors.read(descriptors), message)));
  }

  /**
   * Every extension that the plugins answer, in the order in which they are asked. The first call
   * asks each plugin for descriptions; the list is kept after that.
   */
  public List<LoadedExtension> extensions() {
    return catalog.extensions();
  }

  /** The configured plugins, in configured order; what Graft adds is not among them. */
  public List<LoadedPlugin> plugins() {
    return plugins;
  }

  /** What Graft adds to the configured plugins, for a host that makes a snapshot of its own. */
  public List<LoadedPlugin> builtIn() {
    return builtIn;
  }

  /** The names of the messages that plugins of a kind are for, in configured order. */
  public Set<String> messageNames(ExtensionKind kind) {
    Set<String> names = new LinkedHashSet<>();
    for (LoadedPlugin plugin : plugins) {
      if (plugin.kind() == kind) {
        names.addAll(plugin.messageNames());
      }
    }
    return names;
  }
}
