package dev.graft.registry.loading;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.invoke.PluginConstruction;
import dev.graft.registry.invoke.PluginIdentity;
import dev.graft.registry.isolation.Import;
import dev.graft.registry.isolation.IsolatedClassLoader;
import dev.graft.registry.isolation.Realms;
import dev.graft.registry.isolation.Realms.PluginRealm;
import dev.graft.registry.linkage.ClassFacts;
import dev.graft.registry.linkage.LinkCheck;
import dev.graft.registry.linkage.Mismatch;
import dev.graft.registry.settings.RegistryConfiguration;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.spi.NativePlugin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says beforehand what a host would refuse plugins for. Their class files are read, and no class of
 * theirs is loaded, so that nothing in a jar runs. Not safe for use by several threads.
 */
public final class PluginCheck {
  /** What Spark's own copies of libraries are called. */
  private static final String RELOCATED = "org.sparkproject.";

  private final Host host;
  private final List<String> interfaces;
  private final RegistryConfiguration configuration;
  private final Realms realms;
  private final LinkCheck linkCheck = new LinkCheck();
  private final Map<PluginBundle, PluginRealm> made = new HashMap<>();
  private final Map<PluginBundle, IsolatedClassLoader> flat = new HashMap<>();
  private final Map<String, Boolean> ofHost = new HashMap<>();

  /**
   * A check against a host with no plugin settings.
   *
   * @param interfaces the plugin interfaces of the typed API, which the host need not have all
   * @throws GraftException GRAFT_REALM_INVALID if Graft's own libraries cannot be read
   */
  public PluginCheck(Host host, List<String> interfaces) {
    this.host = host;
    this.interfaces = List.copyOf(interfaces);
    this.configuration = RegistryConfiguration.parse(Map.of(), host.keyPrefix());
    try {
      this.realms = new Realms(host.realm(), host.classes());
    } catch (IOException e) {
      throw Loaders.unreadable(e);
    }
  }

  /** What keeps a plugin from being loaded; empty where nothing is known that does. */
  public Optional<Objection> objection(String className, PluginBundle bundle) {
    try {
      PluginRealm realm = made.computeIfAbsent(bundle, this::realm);
      PluginLoading.checkIsWhereItIsTakenFrom(className, bundle, realm, host);
      PluginIdentity identity = new PluginIdentity(className, bundle.origin());
      if (!bundle.contains(className)) {
        throw PluginConstruction.missing(identity, null);
      }
      List<Mismatch> mismatches = mismatches(className, bundle, realm.loader());
      if (!mismatches.isEmpty()) {
        return Optional.of(doesNotLink(className, bundle, mismatches));
      }
      return ofClass(identity, realm.loader());
    } catch (GraftException e) {
      return Optional.of(objection(e, false));
    }
  }

  private Optional<Objection> ofClass(PluginIdentity identity, IsolatedClassLoader loader) {
    Optional<ClassFacts> facts = linkCheck.facts(identity.className(), loader);
    if (facts.isEmpty()) {
      return Optional.empty(); // its class file is there, and the link check has read it
    }
    if (host.nativeAdvice().isPresent()
        && facts.get().ancestors().contains(NativePlugin.class.getName())) {
      return Optional.of(
          objection(PluginLoading.isNative(identity, host.nativeAdvice().get()), true));
    }
    PluginConstruction.requireUsable(identity.place(), facts.get().modifiers());
    if (!facts.get().hasUsualConstructor()) {
      throw PluginConstruction.withoutConstructor(identity.place(), null);
    }
    List<String> known =
        interfaces.stream().filter(name -> linkCheck.facts(name, loader).isPresent()).toList();
    if (!facts.get().ancestors().contains(ExtensionPlugin.class.getName())
        && known.stream().noneMatch(facts.get().ancestors()::contains)) {
      throw PluginConstruction.notAPlugin(identity, known);
    }
    return Optional.empty();
  }

  /**
   * What keeps a plugin of the host's own kind from working; empty where nothing is known that
   * does. Its jar is taken to lie on the host's class path, behind all that is there.
   *
   * @param interfaces the host's interfaces for plugins
   */
  public Optional<Objection> objectionToOwn(
      String className, List<String> interfaces, PluginBundle bundle) {
    String place = new PluginIdentity(className, bundle.origin()).place();
    if (host.nativeAdvice().isPresent()) {
      GraftException refusal =
          new GraftException(
              ErrorCode.GRAFT_HOST_UNSUPPORTED,
              place + " is a plugin of Spark's own interface. " + host.nativeAdvice().get());
      return Optional.of(objection(refusal, true));
    }
    try {
      IsolatedClassLoader loader = flat.computeIfAbsent(bundle, this::onClassPath);
      List<Mismatch> mismatches = mismatches(className, bundle, loader);
      String advice =
          "Compile it against " + host.title() + ", or take the jar that is made for it.";
      String text =
          place + " does not fit " + host.title() + ": " + told(mismatches) + ". " + advice;
      ClassFacts facts = linkCheck.facts(className, loader).orElseThrow();
      for (String one : interfaces) {
        if (facts.ancestors().contains(one)) {
          try {
            InterfaceCheck.require(className, one, loader, host.title());
          } catch (GraftException e) {
            text = e.text();
          }
        }
      }
      return mismatches.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Objection(ErrorCode.GRAFT_LINK_MISMATCH, text, mismatches, advice, false));
    } catch (GraftException e) {
      return Optional.of(objection(e, false));
    }
  }

  private static String told(List<Mismatch> mismatches) {
    return String.join("; ", mismatches.stream().map(Mismatch::text).toList());
  }

  private Objection doesNotLink(String className, PluginBundle bundle, List<Mismatch> mismatches) {
    PluginFolders alone = new PluginFolders(List.of(bundle), Map.of(), List.of(), List.of());
    LinkRefusal refusal = new LinkRefusal(host, configuration, alone);
    return new Objection(
        ErrorCode.GRAFT_LINK_MISMATCH,
        refusal.of(className, bundle, mismatches).text(),
        mismatches,
        refusal.advice(mismatches, bundle),
        refusal.isOfEngine(mismatches));
  }

  private List<Mismatch> mismatches(
      String className, PluginBundle bundle, IsolatedClassLoader loader) {
    try {
      return linkCheck.check(className, loader);
    } catch (UncheckedIOException e) {
      throw PluginLoading.damaged(bundle, e);
    } catch (StackOverflowError e) {
      throw new GraftException(
          ErrorCode.GRAFT_JAR_UNREADABLE,
          bundle.origin().location()
              + " has classes that inherit from one another deeper than can be followed."
              + " No compiler writes such a jar: do not use it.");
    }
  }

  private PluginRealm realm(PluginBundle bundle) {
    try {
      return realms.untried(bundle.origin().id(), bundle.libraries(), List.of());
    } catch (IOException e) {
      throw Loaders.unreadable(e);
    }
  }

  private IsolatedClassLoader onClassPath(PluginBundle bundle) {
    return new IsolatedClassLoader(
        bundle.origin().id(),
        bundle.libraries(),
        List.of(
            new Import(
                host.classes().loader(),
                name -> isOfHost(name) || (isOfHostsPackages(name) && !bundle.contains(name)))));
  }

  /** Whether nobody but the host could have a class of this name. */
  private boolean isOfHostsPackages(String className) {
    return className.startsWith(RELOCATED)
        || host.classes().packages().stream().anyMatch(className::startsWith);
  }

  private boolean isOfHost(String className) {
    return ofHost.computeIfAbsent(
        className,
        name -> host.classes().loader().getResource(name.replace('.', '/') + ".class") != null);
  }

  private static Objection objection(GraftException refusal, boolean isForAnother) {
    return new Objection(refusal.code(), refusal.text(), List.of(), "", isForAnother);
  }
}
