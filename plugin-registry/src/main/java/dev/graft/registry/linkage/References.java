package dev.graft.registry.linkage;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Collects what a class file refers to: what the JVM resolves when the class is linked and its code
 * runs. Types that stand only in signatures, annotations or local variables are never resolved, and
 * so not collected.
 */
final class References extends ClassVisitor {
  private final Set<Reference> found = new LinkedHashSet<>();

  private References() {
    super(Opcodes.ASM9);
  }

  static Set<Reference> in(byte[] classFile) {
    References references = new References();
    new ClassReader(classFile).accept(references, ClassReader.SKIP_FRAMES);
    return references.found;
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      @Nullable String signature,
      @Nullable String superName,
      String[] interfaces) {
    if (superName != null) {
      addClass(superName, 0);
    }
    for (String parent : interfaces) {
      addClass(parent, 0);
    }
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    return new Code();
  }

  private void addClass(String internalName, int line) {
    String element = internalName;
    if (element.startsWith("[")) {
      Type type = Type.getType(element).getElementType();
      if (type.getSort() != Type.OBJECT) {
        return;
      }
      element = type.getInternalName();
    }
    found.add(Reference.toClass(element, line));
  }

  /** The code of one method. */
  private final class Code extends MethodVisitor {
    private int line;

    Code() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visitLineNumber(int line, Label start) {
      this.line = line;
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      addClass(type, line);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      boolean isStatic = opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC;
      found.add(
          new Reference(Reference.Form.FIELD, owner, name, descriptor, isStatic, false, line));
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      addMethod(owner, name, descriptor, opcode == Opcodes.INVOKESTATIC, isInterface);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      for (Object argument : arguments) {
        if (argument instanceof Handle handle) {
          addHandle(handle);
        } else if (argument instanceof Type type && type.getSort() == Type.OBJECT) {
          addClass(type.getInternalName(), line);
        }
      }
    }

    @Override
    public void visitLdcInsn(Object value) {
      if (value instanceof Type type
          && (type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY)) {
        addClass(type.getInternalName(), line);
      }
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
      addClass(descriptor, line);
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
      if (type != null) {
        addClass(type, line);
      }
    }

    private void addHandle(Handle handle) {
      switch (handle.getTag()) {
        case Opcodes.H_GETFIELD, Opcodes.H_GETSTATIC, Opcodes.H_PUTFIELD, Opcodes.H_PUTSTATIC ->
            found.add(
                new Reference(
                    Reference.Form.FIELD,
                    handle.getOwner(),
                    handle.getName(),
                    handle.getDesc(),
                    handle.getTag() == Opcodes.H_GETSTATIC
                        || handle.getTag() == Opcodes.H_PUTSTATIC,
                    false,
                    line));
        default ->
            addMethod(
                handle.getOwner(),
                handle.getName(),
                handle.getDesc(),
                handle.getTag() == Opcodes.H_INVOKESTATIC,
                handle.isInterface());
      }
    }

    private void addMethod(
        String owner, String name, String descriptor, boolean isStatic, boolean isInterface) {
      if (!owner.startsWith("[")) {
        found.add(
            new Reference(
                Reference.Form.METHOD, owner, name, descriptor, isStatic, isInterface, line));
      }
    }
  }
}
