package dev.graft.registry.loading;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.invoke.CallWatch;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.registry.invoke.PluginConstruction;
import dev.graft.registry.invoke.PluginIdentity;
import dev.graft.registry.invoke.PluginOrigin;
import dev.graft.registry.invoke.Seam;
import dev.graft.registry.isolation.LibrarySource;
import dev.graft.registry.isolation.Realms.PluginRealm;
import dev.graft.registry.settings.RegistryConfiguration;
import dev.graft.spi.Answer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.spi.HostContext;
import dev.graft.spi.MessageDescription;
import dev.graft.spi.PlanningException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * A plugin that tells clients of the server: the list of its extensions, and its status. It is
 * written with the typed API, which is loaded when somebody first asks: a server without typed
 * plugins need not load it to start. Safe for use by several threads.
 */
final class CatalogPlugin implements ExtensionPlugin {
  private static final Map<String, String> MESSAGES =
      Map.of(
          "dev.graft.api.catalog.ListExtensionsPlugin", "graft.v1.ListExtensions",
          "dev.graft.api.catalog.ServerStatusPlugin", "graft.v1.ServerStatus");

  private final PluginRealm realm;
  private final PluginIdentity identity;
  private final Set<String> messageNames;
  private volatile @Nullable ExtensionPlugin typed;

  private CatalogPlugin(PluginRealm realm, PluginIdentity identity, Set<String> messageNames) {
    this.realm = realm;
    this.identity = identity;
    this.messageNames = messageNames;
  }

  /** The plugins, to be loaded in the shared realm of a host. */
  static List<LoadedPlugin> in(PluginRealm realm, Host host, RegistryConfiguration configuration) {
    Optional<Path> jar = host.realm().typedApi().stream().map(LibrarySource::path).findFirst();
    PluginOrigin origin =
        new PluginOrigin(
            "graft",
            jar.map(CatalogPlugin::version).orElse(""),
            jar.map(Path::toString).orElse("graft"));
    String key = configuration.key(RegistryConfiguration.CATALOG);
    return MESSAGES.entrySet().stream()
        .sorted(Map.Entry.<String, String>comparingByKey().reversed()) // the list stands last in it
        .map(
            entry -> {
              PluginIdentity identity = new PluginIdentity(entry.getKey(), origin);
              Set<String> messageNames = Set.of(entry.getValue());
              return LoadedPlugin.of(
                  configuration.catalog()
                      ? new CatalogPlugin(realm, identity, messageNames)
                      : new SwitchedOff(key, messageNames),
                  List::of,
                  new Seam(identity, realm.loader(), host.watch()),
                  Map.of());
            })
        .toList();
  }

  /**
   * Stands in the catalog's place where the operator has switched it off, and tells clients so.
   *
   * @param key the configuration key that switches it off
   */
  private record SwitchedOff(String key, @Override Set<String> messageNames)
      implements ExtensionPlugin {
    @Override
    public ExtensionKind kind() {
      return ExtensionKind.RELATION;
    }

    @Override
    public Optional<Answer> answer(Extension extension, HostContext context) {
      throw new PlanningException(
          "This server does not list its extensions, nor tells its status: its operator has set "
              + key
              + "=false.");
    }
  }

  private static String version(Path jar) {
    if (!Files.isRegularFile(jar)) {
      return ""; // a folder of classes
    }
    try (JarFile file = new JarFile(jar.toFile(), false)) {
      String version =
          file.getManifest() == null
              ? null
              : file.getManifest()
                  .getMainAttributes()
                  .getValue(Attributes.Name.IMPLEMENTATION_VERSION);
      return version == null ? "" : version;
    } catch (IOException e) {
      return ""; // the realm opens the same jar, and reports what is wrong with it
    }
  }

  @Override
  public ExtensionKind kind() {
    return ExtensionKind.RELATION;
  }

  @Override
  public Set<String> messageNames() {
    return messageNames;
  }

  @Override
  public MessageDescription describe(String messageName) {
    return typed().describe(messageName);
  }

  @Override
  public Optional<Answer> answer(Extension extension, HostContext context) throws Exception {
    return typed().answer(extension, context);
  }

  private ExtensionPlugin typed() {
    ExtensionPlugin known = typed;
    return known == null ? load() : known;
  }

  private synchronized ExtensionPlugin load() {
    ExtensionPlugin known = typed;
    if (known == null) {
      Class<?> type = PluginConstruction.load(identity, realm.loader());
      Seam seam = new Seam(identity, realm.loader(), CallWatch.NONE); // already in a watched call
      Object plugin = PluginConstruction.instantiate(type, seam);
      known =
          realm.adapters().stream()
              .flatMap(adapter -> adapter.adapt(plugin).stream())
              .findFirst()
              .orElseThrow(
                  () ->
                      new GraftException(
                          ErrorCode.GRAFT_REALM_INVALID,
                          identity.className()
                              + " is not of the typed API that is there. Install Graft again."));
      typed = known;
    }
    return known;
  }
}
