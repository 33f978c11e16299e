package dev.graft.registry.loading;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.linkage.Mismatch;
import dev.graft.registry.settings.RegistryConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an operator is told of a plugin that does not link, and what to do about it. */
final class LinkRefusal {
  /** So many findings are told; more hide what to do about them. */
  private static final int MOST_TOLD = 5;

  private static final String NATIVE_API = "dev.graft.api.spark.";

  private final Host host;
  private final RegistryConfiguration configuration;
  private final PluginFolders folders;

  LinkRefusal(Host host, RegistryConfiguration configuration, PluginFolders folders) {
    this.host = host;
    this.configuration = configuration;
    this.folders = folders;
  }

  GraftException of(String className, PluginBundle bundle, List<Mismatch> mismatches) {
    boolean isOfJars =
        mismatches.stream().allMatch(mismatch -> mismatch.source() == Mismatch.Source.JARS);
    List<String> told =
        new ArrayList<>(mismatches.stream().limit(MOST_TOLD).map(Mismatch::text).toList());
    if (mismatches.size() > MOST_TOLD) {
      told.add("and more");
    }
    return new GraftException(
        ErrorCode.GRAFT_LINK_MISMATCH,
        className
            + " in "
            + bundle.origin().location()
            + (isOfJars ? " lacks what it needs: " : " does not fit " + host.title() + ": ")
            + String.join("; ", told)
            + ". "
            + advice(mismatches, bundle));
  }

  /** Whether the host has no engine for what the plugin refers to. */
  boolean isOfEngine(List<Mismatch> mismatches) {
    return host.nativeAdvice().isPresent()
        && mismatches.stream().anyMatch(mismatch -> mismatch.symbol().startsWith(NATIVE_API));
  }

  /** What to do about them, as sentences. */
  String advice(List<Mismatch> mismatches, PluginBundle bundle) {
    if (isOfEngine(mismatches)) {
      return host.nativeAdvice().orElseThrow();
    }
    String id = bundle.origin().id();
    String switchOff =
        "set "
            + configuration.key("graft.plugin." + id + ".link-check")
            + "=false if that code is never reached here.";
    List<Mismatch> missing =
        mismatches.stream()
            .filter(mismatch -> mismatch.reason() == Mismatch.Reason.MISSING_CLASS)
            .toList();
    for (Mismatch mismatch : missing) {
      Optional<String> jar = folders.jarWith(mismatch.owner(), bundle);
      if (jar.isPresent()) {
        return mismatch.owner() + " is in " + jar.get() + ". " + together(mismatch);
      }
    }
    for (Mismatch mismatch : missing) {
      if (mismatch.source() == Mismatch.Source.JARS && isOnHostClassPath(mismatch.owner())) {
        return mismatch.owner()
            + " is on the server's class path: to take it from there, set "
            + configuration.hostPackagesKey(id)
            + "="
            + packagePrefix(mismatch.owner())
            + ", or else put its library into the plugin's jar.";
      }
    }
    if (mismatches.stream().allMatch(mismatch -> mismatch.source() == Mismatch.Source.JARS)) {
      if (mismatches.stream().noneMatch(mismatch -> mismatch.reason().isAbsence())) {
        return "Pack the version of the library that the jar was compiled against, or compile it"
            + " against the one that is packed; or "
            + switchOff;
      }
      return "Put the library that has it into the jar, or its jar and the plugin's into one folder"
          + " inside the plugin folder; or "
          + switchOff;
    }
    return "Rebuild it against what this server has, or " + switchOff;
  }

  private String together(Mismatch mismatch) {
    return mismatch.source() == Mismatch.Source.SERVER
        ? "Classes of this name come from the server and from no plugin folder. "
            + host.classPathAdvice()
        : "Each jar in a plugin folder has a loader of its own: put both into a folder inside it.";
  }

  private boolean isOnHostClassPath(String className) {
    return host.classes().loader().getResource(className.replace('.', '/') + ".class") != null;
  }

  private static String packagePrefix(String className) {
    return className.substring(0, className.lastIndexOf('.') + 1);
  }
}
