package dev.graft.registry.linkage;

import dev.graft.registry.isolation.Library;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;

/**
 * The classes of some libraries and what they implement, by their class files: none is loaded. A
 * class file that is damaged, or larger than any compiler writes, is left out. Immutable.
 */
public final class Implementations {
  private static final String SUFFIX = ".class";

  private record Type(int modifiers, List<String> parents) {}

  private final Map<String, Type> types = new TreeMap<>();

  /**
   * Reads the class files.
   *
   * @throws IOException if a library cannot be read
   */
  public Implementations(List<Library> libraries) throws IOException {
    for (Library library : libraries) {
      for (String path : library.paths()) {
        if (path.endsWith(SUFFIX) && !path.startsWith("META-INF/")) {
          byte[] classFile = library.read(path);
          if (classFile != null) {
            add(path.substring(0, path.length() - SUFFIX.length()), classFile);
          }
        }
      }
    }
  }

  private void add(String name, byte[] classFile) {
    try {
      ClassReader file = new ClassReader(classFile);
      List<String> parents = new ArrayList<>(Arrays.asList(file.getInterfaces()));
      if (file.getSuperName() != null) {
        parents.add(file.getSuperName());
      }
      types.putIfAbsent(name, new Type(file.getAccess(), parents));
    } catch (RuntimeException e) {
      // The reader trusts what it reads, so a damaged class file shows as an exception of any kind.
    }
  }

  /**
   * The names of the classes that can be instantiated and implement one of the interfaces, by
   * themselves or by a parent that is in these libraries too. In alphabetical order.
   */
  public List<String> of(Collection<String> interfaces) {
    Set<String> wanted = new HashSet<>();
    interfaces.forEach(name -> wanted.add(name.replace('.', '/')));
    return types.entrySet().stream()
        .filter(type -> !Modifier.isAbstract(type.getValue().modifiers()))
        .filter(type -> implementsOne(type.getKey(), wanted))
        .map(type -> type.getKey().replace('/', '.'))
        .toList();
  }

  private boolean implementsOne(String name, Set<String> wanted) {
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(name));
    while (!open.isEmpty()) {
      Type type = types.get(open.remove());
      if (type != null) {
        for (String parent : type.parents()) {
          if (wanted.contains(parent)) {
            return true;
          }
          if (seen.add(parent)) {
            open.add(parent);
          }
        }
      }
    }
    return false;
  }
}
