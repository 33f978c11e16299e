package dev.graft.registry.session;

import dev.graft.registry.Registry;
import dev.graft.registry.Snapshot;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.Refusal;
import dev.graft.registry.invoke.LoadedPlugin;
import dev.graft.registry.report.LoadReport;
import dev.graft.registry.settings.SessionSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one session has: its jars that are used, those that are refused, and the snapshot that its
 * requests begin with. Safe for use by several threads, which wait for one another.
 */
final class JarSession {
  private static final Logger AUDIT = LoggerFactory.getLogger("dev.graft.sessions");

  private final SessionKey key;

  /** The jars that have been looked at, those among them that are none of Graft's too. */
  private final Set<Path> seen = new HashSet<>();

  /** Those that are used, by their plugin ids: a newer one takes the place of an older. */
  private final Map<String, AdmittedJar> used = new LinkedHashMap<>();

  private final Registry registry;
  private final SessionSettings settings;
  private final Admission admission;
  private final JarRoom room;
  private final Supplier<Path> folders;
  private final RefusedJars refused = new RefusedJars();
  private @Nullable Path own;
  private int copies;
  private @Nullable Snapshot server;
  private @Nullable Snapshot snapshot;
  private volatile SessionStatus status;

  /**
   * Nothing yet.
   *
   * @param room is shared with all other sessions
   * @param folders makes the folder of its copies
   */
  JarSession(
      SessionKey key,
      Registry registry,
      Admission admission,
      JarRoom room,
      Supplier<Path> folders) {
    this.key = key;
    this.registry = registry;
    this.settings = registry.current().configuration().sessions();
    this.admission = admission;
    this.room = room;
    this.folders = folders;
    this.status = new SessionStatus(key, List.of(), List.of());
  }

  /** The snapshot that a request begins with; see {@link SessionPlugins#of}. */
  @SuppressWarnings("ReferenceEquality") // another snapshot, even if it is of the same plugins
  synchronized Snapshot snapshot(Snapshot current, List<Path> added) {
    boolean isNew = false;
    for (Path jar : added) {
      if (seen.add(jar) && JarContents.hasPlugins(jar)) {
        admit(jar);
        isNew = true;
      }
    }
    Snapshot made = snapshot;
    if (made == null || isNew || current != server) {
      giveUp();
      made = over(current);
      server = current;
      snapshot = made;
      tell();
    }
    return made;
  }

  private void admit(Path jar) {
    String name = String.valueOf(jar.getFileName());
    try {
      AdmittedJar admitted = take(jar);
      refused.mended(name, admitted.pluginId());
      AdmittedJar older = used.put(admitted.pluginId(), admitted);
      if (older != null) {
        giveBack(older);
      }
    } catch (GraftException e) {
      refuse(new Refusal(name, e.code(), e.text(), false));
    }
  }

  /** Copies a jar, if it may be used. */
  private AdmittedJar take(Path jar) {
    String name = String.valueOf(jar.getFileName());
    try {
      AdmittedJar admitted = admission.admit(jar, folderOfItsOwn().resolve(name));
      count(admitted);
      return admitted;
    } catch (UncheckedIOException e) {
      AUDIT.error("{} of {} cannot be kept", name, key, e);
      throw new GraftException(
          ErrorCode.GRAFT_SESSIONS_FULL,
          name + " is not used: the server has no room for it. Its log says why.",
          e);
    }
  }

  /** Takes a jar at once; see {@link SessionPlugins#add}. */
  @SuppressWarnings("ReferenceEquality")
  synchronized Optional<Path> add(Snapshot current, List<Path> before, Path jar) {
    Snapshot now = snapshot(current, before);
    if (used.values().stream().anyMatch(one -> one.source().equals(jar))) {
      return Optional.empty();
    }
    AdmittedJar mine = take(jar);
    AdmittedJar older = used.put(mine.pluginId(), mine);
    Snapshot made = over(current);
    Optional<GraftException> refusal = serves(mine, made) ? Optional.empty() : refusal(made, now);
    if (refusal.isPresent()) {
      used.remove(mine.pluginId());
      if (older != null) {
        used.put(older.pluginId(), older);
      }
      giveBack(mine);
      if (made != current) {
        registry.giveUp(made);
      }
      throw refusal.get();
    }
    refused.mended(String.valueOf(jar.getFileName()), mine.pluginId());
    seen.add(jar);
    giveUp();
    snapshot = made;
    server = current;
    tell();
    if (older != null) {
      giveBack(older);
    }
    return Optional.ofNullable(older).map(AdmittedJar::source);
  }

  private static boolean serves(AdmittedJar jar, Snapshot made) {
    String location = jar.copy().toString();
    return made.report().loaded().stream()
        .anyMatch(loaded -> loaded.plugin().origin().location().equals(location));
  }

  /** The first that was not there before; none where a jar's services files name nothing. */
  private static Optional<GraftException> refusal(Snapshot made, Snapshot before) {
    return made.report().refused().stream()
        .filter(refusal -> !before.report().refused().contains(refusal))
        .findFirst()
        .map(refusal -> new GraftException(refusal.code(), refusal.text()));
  }

  private Path folderOfItsOwn() {
    if (own == null) {
      own = folders.get();
    }
    try {
      // Two jars of one name may lie in different folders of the session.
      return Files.createDirectory(own.resolve(Integer.toString(++copies)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void count(AdmittedJar jar) {
    room.take(jar, used.containsKey(jar.pluginId()) ? 0 : used.size());
    AUDIT.info(
        "Accepted {}, {} bytes, SHA-256 {}, of {}",
        jar.copy().getFileName(),
        jar.bytes(),
        jar.digest(),
        key);
  }

  private void refuse(Refusal refusal) {
    refused.add(refusal);
    AUDIT.warn("Refused in {}: [{}] {}", key, refusal.code(), refusal.text());
  }

  private Snapshot over(Snapshot below) {
    List<Path> copies = used.values().stream().map(AdmittedJar::copy).toList();
    List<Refusal> refusals = refused.all();
    if (copies.isEmpty() && refusals.isEmpty()) {
      return below;
    }
    Snapshot over = registry.over(below, copies, settings.replace(), refusals);
    for (LoadReport.Loaded loaded : over.report().loaded()) {
      LoadedPlugin plugin = loaded.plugin();
      AUDIT.info("{} has {} for {}", key, plugin.describe(), plugin.messageNames());
    }
    over.report()
        .refused()
        .forEach(
            refusal -> AUDIT.warn("Refused in {}: [{}] {}", key, refusal.code(), refusal.text()));
    return over;
  }

  /** What it has; nobody waits while it loads a jar. */
  SessionStatus status() {
    return status;
  }

  private void tell() {
    status =
        new SessionStatus(
            key,
            used.values().stream()
                .map(
                    jar ->
                        new SessionStatus.Jar(
                            String.valueOf(jar.copy().getFileName()), jar.bytes(), jar.digest()))
                .toList(),
            refused.all().stream().map(one -> one.subject() + " [" + one.code() + "]").toList());
  }

  /** It is over: what it has is given back. */
  synchronized void end() {
    used.values().forEach(this::giveBack);
    used.clear();
    giveUp();
    snapshot = null;
    server = null;
    if (own != null) {
      deleteEmptied(own);
    }
  }

  /** The snapshot that lies over the server's; where nothing does, that is the server's own. */
  @SuppressWarnings("ReferenceEquality")
  private void giveUp() {
    Snapshot before = snapshot;
    if (before != null && before != server) {
      registry.giveUp(before);
    }
  }

  private void giveBack(AdmittedJar jar) {
    room.giveBack(jar);
    Admission.delete(jar.copy());
  }

  private static void deleteEmptied(Path own) {
    try (var inside = Files.list(own)) {
      inside.forEach(Admission::delete);
    } catch (IOException e) {
      own.toFile().deleteOnExit();
    }
    Admission.delete(own);
  }
}
