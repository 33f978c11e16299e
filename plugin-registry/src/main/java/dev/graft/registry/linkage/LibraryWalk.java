package dev.graft.registry.linkage;

import dev.graft.registry.isolation.IsolatedClassLoader;
import dev.graft.registry.linkage.ClassShapes.Defined;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for what a plugin needs from its own jars and does not find there.
 *
 * <p>Libraries refer to others that are optional: guarded by a condition, or by catching what the
 * JVM throws. A plugin works without these, and must not be refused for them. So two things are
 * judged, neither of which a plugin can do without:
 *
 * <ul>
 *   <li>all that the classes of the plugin's own package refer to, unless they catch its absence;
 *   <li>in a library's method that such code calls, what is used before the method's first branch;
 *       and the same in the methods called there.
 * </ul>
 */
final class LibraryWalk {
  /** A method that certainly runs when the plugin does. */
  private record Method(String owner, String key) {}

  private static final String INITIALISER = "<clinit>()V";

  private final IsolatedClassLoader loader;
  private final ClassFiles classFiles;
  private final ClassShapes shapes;
  private final Obstacles obstacles;
  private final String ownPackage;
  private final int most;
  private final List<Mismatch> mismatches = new ArrayList<>();
  private final Set<String> judged = new HashSet<>();
  private final Set<String> linked = new HashSet<>();
  private final Set<String> seen = new HashSet<>();
  private final Deque<String> own = new ArrayDeque<>();
  private final Set<Method> called = new HashSet<>();
  private final Deque<Method> certain = new ArrayDeque<>();

  LibraryWalk(
      IsolatedClassLoader loader,
      String start,
      ClassFiles classFiles,
      ClassShapes shapes,
      int most) {
    this.loader = loader;
    this.classFiles = classFiles;
    this.shapes = shapes;
    this.obstacles = new Obstacles(shapes);
    this.ownPackage = ClassShape.packageOf(start);
    this.most = most;
    seen.add(start);
    own.add(start);
  }

  List<Mismatch> run() {
    while (mismatches.size() < most) {
      if (!own.isEmpty()) {
        String className = own.remove();
        for (Use use : classFiles.uses(className)) {
          if (!use.isCaught()) {
            judge(use, className);
          }
        }
      } else if (!certain.isEmpty()) {
        Method method = certain.remove();
        for (Use use : classFiles.uses(method.owner())) {
          if (use.method().equals(method.key()) && use.isCertain() && !use.isCaught()) {
            judge(use, method.owner());
          }
        }
      } else {
        break;
      }
    }
    return mismatches;
  }

  private void judge(Use use, String from) {
    Reference reference = use.reference();
    String owner = reference.owner();
    if (!isOurs(owner) || !isThere(owner, reference.line(), from)) {
      return;
    }
    if (ClassShape.packageOf(owner).equals(ownPackage)) {
      if (seen.add(owner)) {
        own.add(owner);
      }
    } else if (LinkCheck.isWalked(owner)) {
      link(owner);
    }
    Optional<Mismatch.Reason> obstacle = obstacle(reference, from);
    if (obstacle.isPresent()) {
      if (judged.add(reference.key())) {
        add(obstacle.get(), reference.symbol(), reference, from);
      }
    } else if (use.isNow() && reference.isToMember()) {
      follow(reference);
    }
  }

  private boolean isOurs(String className) {
    return loader.sourceOf(className.replace('/', '.')) == loader;
  }

  private boolean isThere(String className, int line, String from) {
    if (shapes.shape(loader, className).isPresent()) {
      return true;
    }
    if (judged.add(className)) {
      Reference missing = Reference.toClass(className, line);
      add(Mismatch.Reason.MISSING_CLASS, missing.symbol(), missing, from);
    }
    return false;
  }

  /** A class cannot be loaded without its parents. */
  private void link(String className) {
    if (linked.add(className)) {
      for (Use use : classFiles.uses(className)) {
        String parent = use.reference().owner();
        if (use.isOfParent()
            && isOurs(parent)
            && isThere(parent, 0, className)
            && LinkCheck.isWalked(parent)) {
          link(parent);
        }
      }
    }
  }

  private Optional<Mismatch.Reason> obstacle(Reference reference, String from) {
    Optional<Defined> owner = defined(reference.owner());
    Optional<Defined> user = defined(from);
    return owner.isEmpty() || user.isEmpty()
        ? Optional.empty()
        : obstacles.of(reference, owner.get(), user.get());
  }

  private Optional<Defined> defined(String className) {
    return shapes.shape(loader, className).map(shape -> new Defined(className, shape, loader));
  }

  /**
   * Goes on to the called method, if it is static or a constructor: another may be overridden, so
   * that it is not known which one runs.
   */
  private void follow(Reference reference) {
    boolean isConstructor = reference.name().equals("<init>");
    if (!LinkCheck.isWalked(reference.owner()) || !(reference.isStatic() || isConstructor)) {
      return;
    }
    String key = reference.name() + reference.descriptor();
    Optional<Defined> type = shapes.seenFrom(loader, reference.owner());
    Set<String> chain = new HashSet<>(); // a class may say that it is its own parent
    while (type.isPresent() && type.get().loader() == loader && chain.add(type.get().name())) {
      call(new Method(type.get().name(), INITIALISER));
      if (type.get().shape().methods().containsKey(key)) {
        call(new Method(type.get().name(), key));
        return;
      }
      String superclass = type.get().shape().superclass();
      if (superclass == null) {
        return;
      }
      type = shapes.seenFrom(loader, superclass);
    }
  }

  private void call(Method method) {
    if (!ClassShape.packageOf(method.owner()).equals(ownPackage) && called.add(method)) {
      certain.add(method);
    }
  }

  private void add(Mismatch.Reason reason, String symbol, Reference reference, String from) {
    mismatches.add(
        new Mismatch(
            reason,
            symbol,
            reference.owner().replace('/', '.'),
            Mismatch.Source.JARS,
            from.replace('/', '.'),
            reference.line()));
  }
}
