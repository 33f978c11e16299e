package dev.graft.registry.isolation;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.spi.PluginAdapter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Makes the loaders of plugins, each in the realm it needs. Not safe for use by several threads:
 * plugins are loaded one by one.
 */
public final class Realms {
  /** A class that every protobuf-java has: a jar with it has a protobuf of its own. */
  public static final String PROTOBUF = "com.google.protobuf.MessageLite";

  private static final String PROTOBUF_MARK = PROTOBUF.replace('.', '/') + ".class";
  private static final String MESSAGES_MARK = "org/apache/spark/connect/proto/Relation.class";
  private static final String WAIST = "dev.graft.spi.";
  private static final List<String> SHARED_REALM =
      List.of(
          "dev.graft.api.",
          "dev.graft.annotations.",
          "dev.graft.catalog.",
          "com.google.protobuf.",
          "org.apache.spark.connect.proto.");

  private final RealmLibraries parts;
  private final HostClasses host;
  private final List<Import> fromAbove;
  private final IsolatedClassLoader shared;

  /**
   * Opens the shared realm. No class is loaded from it before a plugin asks for one.
   *
   * @throws IOException if one of the realm's libraries cannot be read
   */
  public Realms(RealmLibraries parts, HostClasses host) throws IOException {
    this.parts = parts;
    this.host = host;
    Import waist = new Import(ExtensionPlugin.class.getClassLoader(), List.of(WAIST));
    this.fromAbove = host.packages().isEmpty() ? List.of(waist) : List.of(waist, host.asImport());
    List<Library> all = new ArrayList<>(open(parts.typedApi()));
    all.addAll(open(parts.messages()));
    all.addAll(open(parts.protobuf()));
    this.shared = new IsolatedClassLoader("graft-realm", all, fromAbove);
  }

  /** The realm that ships with Graft. */
  public PluginRealm shared() {
    return new PluginRealm(shared, shared, true);
  }

  /**
   * The realm of a loader that {@link #realmOf} has made before.
   *
   * @param isShared whether its realm was the one that ships with Graft
   */
  public PluginRealm again(IsolatedClassLoader loader, boolean isShared) {
    return new PluginRealm(loader, isShared ? shared : loader, isShared);
  }

  /**
   * Makes the loader of one plugin.
   *
   * @param name shows in stack traces
   * @param libraries the plugin's jars
   * @param hostPackages prefixes of class names, each ending with a dot, that this plugin takes
   *     from the host besides; they don't reach the waist, the realm or what the host hides
   * @throws GraftException with {@link ErrorCode#GRAFT_REALM_INVALID} if the plugin carries a
   *     protobuf that cannot run the Connect messages
   * @throws IOException if one of the realm's libraries cannot be read
   */
  public PluginRealm realmOf(String name, List<Library> libraries, List<String> hostPackages)
      throws IOException {
    PluginRealm realm = untried(name, libraries, hostPackages);
    if (!realm.isShared()) {
      tryOut(realm.loader(), name, libraries);
    }
    return realm;
  }

  /**
   * The same for a plugin of which nothing is to run: whether its own protobuf can run the Connect
   * messages is not tried.
   */
  public PluginRealm untried(String name, List<Library> libraries, List<String> hostPackages)
      throws IOException {
    List<Import> imports = new ArrayList<>(fromAbove);
    if (!hostPackages.isEmpty()) {
      List<String> except = new ArrayList<>(SHARED_REALM);
      except.addAll(host.hidden());
      imports.add(new Import(host.loader(), hostPackages, except));
    }
    if (libraries.stream().noneMatch(library -> library.contains(PROTOBUF_MARK))) {
      imports.add(new Import(shared, SHARED_REALM));
      return new PluginRealm(new IsolatedClassLoader(name, libraries, imports), shared, true);
    }
    IsolatedClassLoader own = ownRealm(name, libraries, imports);
    return new PluginRealm(own, own, false);
  }

  /**
   * A realm defined by the plugin's own loader: its protobuf, its Connect messages if it carries
   * any, and our typed API.
   */
  private IsolatedClassLoader ownRealm(String name, List<Library> libraries, List<Import> imports)
      throws IOException {
    // The typed API goes first: a jar may carry a copy of another version by mistake, and the
    // adapter must match its interfaces.
    List<Library> all = new ArrayList<>(open(parts.typedApi()));
    all.addAll(libraries);
    if (!carriesMessages(libraries)) {
      // All of the messages come from one place: mixed generations of generated code do not run
      // together.
      all.addAll(open(parts.messages()));
    }
    return new IsolatedClassLoader(name, all, imports);
  }

  private static boolean carriesMessages(List<Library> libraries) {
    return libraries.stream().anyMatch(library -> library.contains(MESSAGES_MARK));
  }

  private static void tryOut(IsolatedClassLoader loader, String name, List<Library> libraries) {
    try {
      Class.forName("org.apache.spark.connect.proto.Relation", true, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new GraftException(
          ErrorCode.GRAFT_REALM_INVALID,
          name
              + " "
              + libraries
              + " carries a protobuf-java that cannot run "
              + (carriesMessages(libraries)
                  ? "the Connect messages it carries: "
                  : "Graft's Connect messages: ")
              + rootOf(e)
              + ". Leave protobuf-java out of the jar to use Graft's, or carry the Connect messages that were generated for it"
              + " (org.apache.spark:spark-connect-common has them).",
          e);
    }
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static List<Library> open(List<LibrarySource> sources) throws IOException {
    List<Library> libraries = new ArrayList<>();
    for (LibrarySource source : sources) {
      libraries.add(source.open());
    }
    return libraries;
  }

  /**
   * The loader of one plugin and the realm it lives in.
   *
   * @param loader the plugin's loader
   * @param realm the loader that defines the realm; the same as {@code loader} where the plugin
   *     carries its own protobuf
   * @param isShared whether the realm is the one that ships with Graft
   */
  public record PluginRealm(
      IsolatedClassLoader loader, IsolatedClassLoader realm, boolean isShared) {
    /** The realm's adapters, made anew. Loads the typed API. */
    public List<PluginAdapter> adapters() {
      return ServiceLoader.load(PluginAdapter.class, realm).stream()
          .map(ServiceLoader.Provider::get)
          .toList();
    }
  }
}
