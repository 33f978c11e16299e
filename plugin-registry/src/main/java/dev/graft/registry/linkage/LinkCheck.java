package dev.graft.registry.linkage;

import dev.graft.registry.isolation.IsolatedClassLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Resolves a plugin's references against the running host without loading a class.
 *
 * <p>Only what is reachable from the plugin's class is read, and only references to classes from
 * above are judged: a library in the jar may well refer to an optional one that is not there. The
 * walk stops at protobuf and the Connect messages that a jar carries, which are generated code and
 * its runtime.
 *
 * <p>Not safe for use by several threads. What was read of the host is kept for the next plugin,
 * until the check itself is dropped.
 */
public final class LinkCheck {
  /** More than this many findings help nobody; the first are enough to mend a build. */
  private static final int MOST_MISMATCHES = 20;

  private static final List<String> NOT_WALKED =
      List.of("com/google/protobuf/", "org/apache/spark/connect/proto/", "dev/graft/api/");

  private final HostShapes host = new HostShapes();

  /** The classes of each jar that were found to fit with all that they lead to. */
  private final Map<ClassLoader, Set<String>> fitting = new HashMap<>();

  /**
   * The references, reachable from a plugin's class, that do not resolve; at most 20. Empty where
   * all is well.
   */
  public List<Mismatch> check(String className, IsolatedClassLoader loader) {
    Set<String> known = fitting.computeIfAbsent(loader, key -> new HashSet<>());
    Walk walk = new Walk(loader, className.replace('.', '/'), known);
    List<Mismatch> mismatches = walk.run();
    if (mismatches.isEmpty()) {
      known.addAll(walk.seen);
    }
    return mismatches;
  }

  /** The walk through one plugin's classes. */
  private final class Walk {
    private final IsolatedClassLoader loader;
    private final String start;
    private final Set<String> known;
    private final List<Mismatch> mismatches = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> judged = new HashSet<>();
    private final Deque<String> open = new ArrayDeque<>();

    Walk(IsolatedClassLoader loader, String start, Set<String> known) {
      this.loader = loader;
      this.start = start;
      this.known = known;
    }

    List<Mismatch> run() {
      seen.add(start);
      open.add(start);
      while (!open.isEmpty() && mismatches.size() < MOST_MISMATCHES) {
        String className = open.remove();
        byte[] classFile = read(className);
        if (classFile != null) {
          for (Reference reference : references(className, classFile)) {
            follow(reference, className);
          }
        }
      }
      return List.copyOf(mismatches);
    }

    private Set<Reference> references(String className, byte[] classFile) {
      try {
        return References.in(classFile);
      } catch (RuntimeException e) {
        // The reader trusts what it reads, so a damaged class file shows as an exception of any
        // kind.
        mismatches.add(
            new Mismatch(
                Mismatch.Reason.UNREADABLE_CLASS,
                className.replace('/', '.'),
                start.replace('/', '.'),
                0));
        return Set.of();
      }
    }

    private void follow(Reference reference, String from) {
      String owner = reference.owner();
      ClassLoader source = loader.sourceOf(owner.replace('/', '.'));
      if (source == loader) {
        if (!known.contains(owner)
            && NOT_WALKED.stream().noneMatch(owner::startsWith)
            && seen.add(owner)) {
          open.add(owner);
        }
        return;
      }
      if (source != ClassLoader.getPlatformClassLoader()
          && mismatches.size() < MOST_MISMATCHES
          && judged.add(owner + '.' + reference.name() + reference.descriptor())) {
        judge(reference, source, from);
      }
    }

    private void judge(Reference reference, ClassLoader source, String from) {
      Optional<ClassShape> owner = host.shape(source, reference.owner());
      Mismatch.Reason reason = null;
      String symbol = reference.symbol();
      if (owner.isEmpty()) {
        reason = Mismatch.Reason.MISSING_CLASS;
        symbol = reference.owner().replace('/', '.');
      } else if (reference.form() == Reference.Form.METHOD
          && owner.get().isInterface() != reference.isInterface()) {
        reason = Mismatch.Reason.INTERFACE_CHANGED;
      } else if (reference.form() != Reference.Form.CLASS) {
        reason =
            switch (host.find(reference, owner.get(), source)) {
              case MISSING ->
                  reference.form() == Reference.Form.METHOD
                      ? Mismatch.Reason.MISSING_METHOD
                      : Mismatch.Reason.MISSING_FIELD;
              case STATIC -> reference.isStatic() ? null : Mismatch.Reason.STATIC_CHANGED;
              case INSTANCE -> reference.isStatic() ? Mismatch.Reason.STATIC_CHANGED : null;
              case UNKNOWN -> null;
            };
      }
      if (reason != null) {
        mismatches.add(new Mismatch(reason, symbol, from.replace('/', '.'), reference.line()));
      }
    }

    private byte @Nullable [] read(String internalName) {
      try {
        return loader.classBytes(internalName.replace('/', '.'));
      } catch (IOException e) {
        throw new UncheckedIOException(
            "The class file of " + internalName.replace('/', '.') + " cannot be read", e);
      }
    }
  }
}
