package dev.graft.registry;

import dev.graft.registry.descriptor.Descriptors;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.registry.lowering.InputTable;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.spi.LoadedExtension;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/**
 * An immutable set of plugins, compiled for dispatch: kind and message name lead to the candidates
 * in configured order.
 *
 * <p>Finding them costs one or two hash look-ups, however many plugins there are. A name that no
 * plugin gave leads to the plugins that ask for every message. Such names are not kept, so clients
 * cannot make the index grow.
 */
public final class PluginIndex {
  /**
   * What clients' libraries write in front of the name; looked up as it stands, so that the usual
   * type URL costs no substring.
   */
  private static final String USUAL_PREFIX = "type.googleapis.com/";

  /** A message that plugins of a kind are for. */
  private record Message(ExtensionKind kind, String name) {}

  /**
   * The plugins of one kind: by type URL and by name, and those to ask about a name that no plugin
   * is for.
   */
  private record OfKind(Map<String, List<LoadedPlugin>> byUrl, List<LoadedPlugin> takersOfAny) {
    static OfKind of(List<LoadedPlugin> plugins, ExtensionKind kind) {
      List<LoadedPlugin> ofKind = plugins.stream().filter(plugin -> plugin.kind() == kind).toList();
      return new OfKind(
          PluginIndex.compile(ofKind), ofKind.stream().filter(PluginIndex::takesAny).toList());
    }

    /** See {@link PluginIndex#over}. */
    OfKind over(OfKind below, Claim claim) {
      Map<String, List<LoadedPlugin>> both = new HashMap<>();
      byUrl.forEach(
          (url, own) -> both.put(url, join(own, below.byUrl.getOrDefault(url, below.takersOfAny))));
      below.byUrl.forEach(
          (url, claimed) -> {
            if (claim == Claim.BELOW) {
              both.put(url, claimed);
            } else {
              both.putIfAbsent(url, join(takersOfAny, claimed));
            }
          });
      return new OfKind(Map.copyOf(both), join(takersOfAny, below.takersOfAny));
    }
  }

  /**
   * Which of two sets answers a message that both have plugins for, where one lies over the other.
   */
  public enum Claim {
    /** The set below alone: what it has cannot be replaced. */
    BELOW,

    /** The set above first; the set below only where that declines. */
    ABOVE
  }

  private final List<LoadedPlugin> plugins;
  private final List<LoadedPlugin> builtIn;
  private final ExtensionCatalog catalog;
  private final Map<ExtensionKind, OfKind> kinds;
  private final ConcurrentMap<Message, ExtensionShape> shapes = new ConcurrentHashMap<>();

  /** Compiles plugins, given in configured order. */
  public PluginIndex(List<LoadedPlugin> plugins) {
    this(plugins, List.of());
  }

  /**
   * Compiles plugins.
   *
   * @param plugins what was configured, in configured order
   * @param builtIn what Graft adds; asked after all others
   */
  public PluginIndex(List<LoadedPlugin> plugins, List<LoadedPlugin> builtIn) {
    this.plugins = List.copyOf(plugins);
    this.builtIn = List.copyOf(builtIn);
    List<LoadedPlugin> all = join(plugins, builtIn);
    this.catalog = new ExtensionCatalog(all);
    this.kinds = new EnumMap<>(ExtensionKind.class);
    for (ExtensionKind kind : ExtensionKind.values()) {
      kinds.put(kind, OfKind.of(all, kind));
    }
  }

  private PluginIndex(PluginIndex above, PluginIndex below, Claim claim) {
    this.plugins = join(above.plugins, below.plugins);
    this.builtIn = below.builtIn;
    this.catalog = new ExtensionCatalog(join(plugins, builtIn));
    this.kinds = new EnumMap<>(ExtensionKind.class);
    for (ExtensionKind kind : ExtensionKind.values()) {
      kinds.put(kind, above.ofKind(kind).over(below.ofKind(kind), claim));
    }
  }

  /**
   * These plugins laid over another set, such as a session's over the server's. A message that only
   * one of the two has plugins for is answered by that one; where both have, {@code claim} decides.
   * A message that no plugin is for is offered to the plugins that ask for every message, those of
   * this set before those below.
   */
  public PluginIndex over(PluginIndex below, Claim claim) {
    return new PluginIndex(this, below, claim);
  }

  private static List<LoadedPlugin> join(List<LoadedPlugin> first, List<LoadedPlugin> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private OfKind ofKind(ExtensionKind kind) {
    return Objects.requireNonNull(kinds.get(kind));
  }

  private static Map<String, List<LoadedPlugin>> compile(List<LoadedPlugin> ofKind) {
    Map<String, List<LoadedPlugin>> byName = new HashMap<>();
    for (LoadedPlugin plugin : ofKind) {
      plugin.messageNames().forEach(name -> asked(byName, name));
    }
    for (LoadedPlugin plugin : ofKind) {
      if (takesAny(plugin)) {
        byName.values().forEach(asked -> asked.add(plugin));
      } else {
        plugin.messageNames().forEach(name -> asked(byName, name).add(plugin));
      }
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

  private static List<LoadedPlugin> asked(Map<String, List<LoadedPlugin>> byName, String name) {
    return byName.computeIfAbsent(name, key -> new ArrayList<>());
  }

  private static boolean takesAny(LoadedPlugin plugin) {
    return plugin.messageNames().contains(ExtensionPlugin.ANY_MESSAGE);
  }

  /** The plugins to ask about an extension, in configured order; empty where there is none. */
  public List<LoadedPlugin> candidates(ExtensionKind kind, String typeUrl) {
    OfKind known = ofKind(kind);
    List<LoadedPlugin> found = known.byUrl().get(typeUrl);
    if (found == null) {
      found = known.byUrl().get(Extension.messageName(typeUrl));
    }
    return found == null ? known.takersOfAny() : found;
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
