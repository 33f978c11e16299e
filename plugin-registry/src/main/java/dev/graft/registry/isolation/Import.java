package dev.graft.registry.isolation;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Classes that a loader takes from another loader, before looking into its own libraries.
 *
 * @param from the loader that defines them
 * @param classes whether a class of a name, dots between its parts, is among them
 */
public record Import(ClassLoader from, Predicate<String> classes) {
  public Import {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(classes, "classes");
  }

  /**
   * Those of some packages.
   *
   * @param packages prefixes of class names, each ending with a dot
   * @param except prefixes that are not taken although one of {@code packages} covers them
   */
  public Import(ClassLoader from, List<String> packages, List<String> except) {
    this(from, new Packages(packages, except));
  }

  /** Those of some packages, without exceptions. */
  public Import(ClassLoader from, List<String> packages) {
    this(from, packages, List.of());
  }

  /** Whether a class of this name, dots between its parts, is taken from the other loader. */
  public boolean covers(String className) {
    return classes.test(className);
  }

  private record Packages(List<String> packages, List<String> except) implements Predicate<String> {
    Packages {
      packages = List.copyOf(packages);
      except = List.copyOf(except);
      for (String prefix : packages) {
        if (!prefix.endsWith(".")) {
          throw new IllegalArgumentException("A package prefix must end with a dot: " + prefix);
        }
      }
    }

    @Override
    public boolean test(String className) {
      return startsWithAny(className, packages) && !startsWithAny(className, except);
    }

    private static boolean startsWithAny(String className, List<String> prefixes) {
      for (String prefix : prefixes) {
        if (className.startsWith(prefix)) {
          return true;
        }
      }
      return false;
    }
  }
}
