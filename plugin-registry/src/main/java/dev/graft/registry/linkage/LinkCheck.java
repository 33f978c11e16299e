package dev.graft.registry.linkage;

import dev.graft.registry.isolation.IsolatedClassLoader;
import dev.graft.registry.linkage.ClassShapes.Defined;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Resolves a plugin's references without loading a class: to classes from above against the running
 * host, to all others against the plugin's own jars.
 *
 * <p>Only what is reachable from the plugin's class is read. References to what comes from above
 * are judged wherever they stand, those to the jars themselves where the plugin cannot do without
 * ({@link LibraryWalk}). The walk stops at protobuf and the Connect messages that a jar carries,
 * which are generated code and its runtime.
 *
 * <p>Not safe for use by several threads. What was read is kept for the next plugin, until the
 * check itself is dropped.
 */
public final class LinkCheck {
  /** More than this many findings help nobody; the first are enough to mend a build. */
  private static final int MOST_MISMATCHES = 20;

  private static final List<String> NOT_WALKED =
      List.of("com/google/protobuf/", "org/apache/spark/connect/proto/", "dev/graft/api/");

  private final ClassShapes shapes = new ClassShapes();
  private final AbstractMethods abstractMethods = new AbstractMethods(shapes);
  private final Obstacles obstacles = new Obstacles(shapes);

  /** The class files of each jar. */
  private final Map<ClassLoader, ClassFiles> classFiles = new HashMap<>();

  /** The classes of each jar that were found to fit with all that they lead to. */
  private final Map<ClassLoader, Set<String>> fitting = new HashMap<>();

  /**
   * The references, reachable from a plugin's class, that do not resolve; at most 20. Empty where
   * all is well.
   */
  public List<Mismatch> check(String className, IsolatedClassLoader loader) {
    String start = className.replace('.', '/');
    ClassFiles files = classFiles.computeIfAbsent(loader, key -> new ClassFiles(loader));
    Set<String> known = fitting.computeIfAbsent(loader, key -> new HashSet<>());
    Walk walk = new Walk(loader, start, files, known);
    List<Mismatch> mismatches = walk.run();
    if (mismatches.isEmpty()) {
      known.addAll(walk.seen);
      mismatches = new LibraryWalk(loader, start, files, shapes, MOST_MISMATCHES).run();
    }
    return List.copyOf(mismatches);
  }

  /**
   * The abstract methods of an interface that a class on the host's class path does not implement.
   *
   * @param loader the host's
   */
  public List<Unimplemented> unimplemented(
      String className, String interfaceName, ClassLoader loader) {
    String name = className.replace('.', '/');
    String wantedOf = interfaceName.replace('.', '/');
    return abstractMethods
        .unimplemented(name, loader, parent -> parent.name().equals(wantedOf))
        .stream()
        .map(wanted -> new Unimplemented(wanted.symbol(), methods(name, wanted.name(), loader)))
        .toList();
  }

  /**
   * What can be said of a class that a loader defines.
   *
   * @return empty if it has no such class, or one that cannot be read
   */
  public Optional<ClassFacts> facts(String className, IsolatedClassLoader loader) {
    String name = className.replace('.', '/');
    return shapes.shape(loader, name).map(shape -> facts(new Defined(name, shape, loader)));
  }

  private ClassFacts facts(Defined type) {
    Set<String> ancestors = new HashSet<>();
    Deque<Defined> open = new ArrayDeque<>(List.of(type));
    while (!open.isEmpty()) {
      Defined current = open.remove();
      for (String parent : current.shape().parents()) {
        if (ancestors.add(parent.replace('/', '.'))) {
          shapes.seenFrom(current.loader(), parent).ifPresent(open::add);
        }
      }
    }
    return new ClassFacts(
        type.shape().modifiers(),
        Modifier.isPublic(type.shape().methods().getOrDefault("<init>()V", 0)),
        ancestors);
  }

  private List<String> methods(String owner, String name, ClassLoader loader) {
    return shapes.shape(loader, owner).stream()
        .flatMap(shape -> shape.methods().keySet().stream())
        .filter(method -> method.startsWith(name + "("))
        .map(method -> Reference.toMethod(owner, method).symbol())
        .sorted()
        .toList();
  }

  static boolean isWalked(String className) {
    return NOT_WALKED.stream().noneMatch(className::startsWith);
  }

  /** The walk through one plugin's classes, for what they need from above. */
  private final class Walk {
    private final IsolatedClassLoader loader;
    private final String start;
    private final ClassFiles files;
    private final Set<String> known;
    private final List<Mismatch> mismatches = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> judged = new HashSet<>();
    private final Map<String, Boolean> inheriting = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();

    Walk(IsolatedClassLoader loader, String start, ClassFiles files, Set<String> known) {
      this.loader = loader;
      this.start = start;
      this.files = files;
      this.known = known;
    }

    List<Mismatch> run() {
      seen.add(start);
      open.add(start);
      while (!open.isEmpty() && mismatches.size() < MOST_MISMATCHES) {
        String className = open.remove();
        Set<Use> uses = files.uses(className);
        if (files.isDamaged(className)) {
          mismatches.add(
              new Mismatch(
                  Mismatch.Reason.UNREADABLE_CLASS,
                  className.replace('/', '.'),
                  className.replace('/', '.'),
                  Mismatch.Source.JARS,
                  start.replace('/', '.'),
                  0));
        }
        for (Use use : uses) {
          follow(use.reference(), className);
        }
        if (inheritsFromAbove(className)) {
          for (Reference method :
              abstractMethods.unimplemented(className, loader, this::isFromAbove)) {
            add(Mismatch.Reason.UNIMPLEMENTED, method.symbol(), method, className);
          }
        }
      }
      return mismatches;
    }

    private boolean isFromAbove(Defined parent) {
      return isAbove(parent.loader());
    }

    private boolean isAbove(ClassLoader source) {
      return source != loader && source != ClassLoader.getPlatformClassLoader();
    }

    /**
     * Whether one of its parents, near or far, comes from above. Few classes have such a parent;
     * only for these all parents are read.
     */
    private boolean inheritsFromAbove(String className) {
      Boolean known = inheriting.get(className);
      if (known == null) {
        inheriting.put(className, false); // for a class that is its own parent
        known =
            files.uses(className).stream()
                .filter(Use::isOfParent)
                .map(use -> use.reference().owner())
                .anyMatch(
                    parent -> {
                      ClassLoader source = loader.sourceOf(parent.replace('/', '.'));
                      return isAbove(source) || (source == loader && inheritsFromAbove(parent));
                    });
        inheriting.put(className, known);
      }
      return known;
    }

    private void follow(Reference reference, String from) {
      String owner = reference.owner();
      ClassLoader source = loader.sourceOf(owner.replace('/', '.'));
      if (source == loader) {
        if (!known.contains(owner) && isWalked(owner) && seen.add(owner)) {
          open.add(owner);
        }
        return;
      }
      if (isAbove(source) && judged.add(reference.key())) {
        judge(reference, source, from);
      }
    }

    private void judge(Reference reference, ClassLoader source, String from) {
      Optional<ClassShape> owner = shapes.shape(source, reference.owner());
      Optional<ClassShape> user = shapes.shape(loader, from);
      if (owner.isEmpty()) {
        Reference type = Reference.toClass(reference.owner(), reference.line());
        if (judged.add(type.owner() + " is missing")) {
          add(Mismatch.Reason.MISSING_CLASS, type.symbol(), type, from);
        }
      } else if (user.isPresent()) { // a class that refers to something has been read
        obstacles
            .of(
                reference,
                new Defined(reference.owner(), owner.get(), source),
                new Defined(from, user.get(), loader))
            .ifPresent(reason -> add(reason, reference.symbol(), reference, from));
      }
    }

    private void add(Mismatch.Reason reason, String symbol, Reference reference, String from) {
      if (mismatches.size() < MOST_MISMATCHES) {
        mismatches.add(
            new Mismatch(
                reason,
                symbol,
                reference.owner().replace('/', '.'),
                Mismatch.Source.SERVER,
                from.replace('/', '.'),
                reference.line()));
      }
    }
  }
}
