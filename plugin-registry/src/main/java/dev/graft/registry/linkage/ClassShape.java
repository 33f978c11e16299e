package dev.graft.registry.linkage;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The members of a class and its parents' names, as far as linking asks for them. Names are in
 * internal form; modifiers are those of {@link Modifier}.
 *
 * @param modifiers its own
 * @param host the class whose nest it belongs to, which may be itself: they see one another's
 *     private members
 * @param superclass the superclass, or null for that of all others
 * @param interfaces the interfaces it names itself
 * @param methods name and descriptor of each method, and its modifiers
 * @param fields name and descriptor of each field, and its modifiers
 */
record ClassShape(
    int modifiers,
    String host,
    @Nullable String superclass,
    List<String> interfaces,
    Map<String, Integer> methods,
    Map<String, Integer> fields) {
  static ClassShape of(byte[] classFile) {
    Reader reader = new Reader();
    ClassReader file = new ClassReader(classFile);
    file.accept(reader, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return new ClassShape(
        file.getAccess(),
        reader.host == null ? file.getClassName() : reader.host,
        file.getSuperName(),
        List.of(file.getInterfaces()),
        Map.copyOf(reader.methods),
        Map.copyOf(reader.fields));
  }

  /** The shape of a class of the JDK, whose class files need not lie on a path. */
  static ClassShape of(Class<?> type) {
    List<String> interfaces = new ArrayList<>();
    for (Class<?> parent : type.getInterfaces()) {
      interfaces.add(Type.getInternalName(parent));
    }
    Map<String, Integer> methods = new HashMap<>();
    for (var method : type.getDeclaredMethods()) {
      methods.put(method.getName() + Type.getMethodDescriptor(method), method.getModifiers());
    }
    for (var constructor : type.getDeclaredConstructors()) {
      methods.put(
          "<init>" + Type.getConstructorDescriptor(constructor), constructor.getModifiers());
    }
    Map<String, Integer> fields = new HashMap<>();
    for (var field : type.getDeclaredFields()) {
      fields.put(field.getName() + Type.getDescriptor(field.getType()), field.getModifiers());
    }
    return new ClassShape(
        type.getModifiers(),
        Type.getInternalName(type.getNestHost()),
        type.getSuperclass() == null ? null : Type.getInternalName(type.getSuperclass()),
        List.copyOf(interfaces),
        Map.copyOf(methods),
        Map.copyOf(fields));
  }

  boolean isInterface() {
    return Modifier.isInterface(modifiers);
  }

  /** Whether there can be objects of this very class. */
  boolean isConcrete() {
    return !Modifier.isAbstract(modifiers) && !isInterface();
  }

  /** Superclass and interfaces. */
  List<String> parents() {
    List<String> parents = new ArrayList<>(interfaces);
    if (superclass != null) {
      parents.add(0, superclass);
    }
    return parents;
  }

  /** Whether a class or member of these modifiers can be used from the class of another loader. */
  static boolean isReachable(int modifiers) {
    // Protected is what a subclass may use; whether a plugin's class is one is not asked.
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  /** Up to the last slash; empty for a class without a package. */
  static String packageOf(String className) {
    return className.substring(0, className.lastIndexOf('/') + 1);
  }

  private static final class Reader extends ClassVisitor {
    private final Map<String, Integer> methods = new HashMap<>();
    private final Map<String, Integer> fields = new HashMap<>();
    private @Nullable String host;

    Reader() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visitNestHost(String nestHost) {
      host = nestHost;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      methods.put(name + descriptor, access);
      return null;
    }

    @Override
    public @Nullable FieldVisitor visitField(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        @Nullable Object value) {
      fields.put(name + descriptor, access);
      return null;
    }
  }
}
