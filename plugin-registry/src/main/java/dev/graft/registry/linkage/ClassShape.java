package dev.graft.registry.linkage;

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
 * internal form.
 *
 * @param isInterface whether it is an interface
 * @param parents superclass and interfaces
 * @param methods name and descriptor of each method, and whether it is static
 * @param fields name and descriptor of each field, and whether it is static
 */
record ClassShape(
    boolean isInterface,
    List<String> parents,
    Map<String, Boolean> methods,
    Map<String, Boolean> fields) {
  static ClassShape of(byte[] classFile) {
    Reader reader = new Reader();
    new ClassReader(classFile)
        .accept(reader, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return new ClassShape(
        reader.isInterface,
        List.copyOf(reader.parents),
        Map.copyOf(reader.methods),
        Map.copyOf(reader.fields));
  }

  /** The shape of a class of the JDK, whose class files need not lie on a path. */
  static ClassShape of(Class<?> type) {
    List<String> parents = new ArrayList<>();
    if (type.getSuperclass() != null) {
      parents.add(Type.getInternalName(type.getSuperclass()));
    }
    for (Class<?> parent : type.getInterfaces()) {
      parents.add(Type.getInternalName(parent));
    }
    Map<String, Boolean> methods = new HashMap<>();
    for (var method : type.getDeclaredMethods()) {
      methods.put(
          method.getName() + Type.getMethodDescriptor(method),
          java.lang.reflect.Modifier.isStatic(method.getModifiers()));
    }
    for (var constructor : type.getDeclaredConstructors()) {
      methods.put("<init>" + Type.getConstructorDescriptor(constructor), false);
    }
    Map<String, Boolean> fields = new HashMap<>();
    for (var field : type.getDeclaredFields()) {
      fields.put(
          field.getName() + Type.getDescriptor(field.getType()),
          java.lang.reflect.Modifier.isStatic(field.getModifiers()));
    }
    return new ClassShape(
        type.isInterface(), List.copyOf(parents), Map.copyOf(methods), Map.copyOf(fields));
  }

  private static final class Reader extends ClassVisitor {
    private boolean isInterface;
    private final List<String> parents = new ArrayList<>();
    private final Map<String, Boolean> methods = new HashMap<>();
    private final Map<String, Boolean> fields = new HashMap<>();

    Reader() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        @Nullable String signature,
        @Nullable String superName,
        String[] interfaces) {
      isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
      if (superName != null) {
        parents.add(superName);
      }
      parents.addAll(List.of(interfaces));
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      methods.put(name + descriptor, (access & Opcodes.ACC_STATIC) != 0);
      return null;
    }

    @Override
    public @Nullable FieldVisitor visitField(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        @Nullable Object value) {
      fields.put(name + descriptor, (access & Opcodes.ACC_STATIC) != 0);
      return null;
    }
  }
}
