package dev.graft.registry.linkage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
  /** The types that code catches if it is prepared for a class or member that is not there. */
  private static final Set<String> CATCHES_LINKAGE =
      Set.of(
          "java/lang/Error",
          "java/lang/LinkageError",
          "java/lang/NoClassDefFoundError",
          "java/lang/IncompatibleClassChangeError",
          "java/lang/NoSuchMethodError",
          "java/lang/NoSuchFieldError");

  private final Set<Use> found = new LinkedHashSet<>();

  private References() {
    super(Opcodes.ASM9);
  }

  static Set<Use> in(byte[] classFile) {
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
      found.add(new Use(Reference.toClass(superName, 0), "", true, true, false));
    }
    for (String parent : interfaces) {
      found.add(new Use(Reference.toClass(parent, 0), "", true, true, false));
    }
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    return new Code(name + descriptor);
  }

  /** The code of one method. */
  private final class Code extends MethodVisitor {
    private final String method;
    private final List<Pending> pending = new ArrayList<>();
    private final Map<Label, Integer> catchingLinkage = new HashMap<>();
    private final Map<Label, Integer> catchingAll = new HashMap<>();
    private int insideLinkage;
    private int insideAll;
    private boolean isCertain = true;
    private boolean closesResources;
    private int line;

    /**
     * A use whose method is not yet read to its end. Only then is it known whether a {@code catch
     * (Throwable)} around the use was written by hand or closes resources.
     */
    private record Pending(
        Reference reference,
        boolean isNow,
        boolean isCertain,
        boolean catchesLinkage,
        boolean catchesAll) {}

    Code(String method) {
      super(Opcodes.ASM9);
      this.method = method;
    }

    @Override
    public void visitLabel(Label label) {
      insideLinkage += catchingLinkage.getOrDefault(label, 0);
      insideAll += catchingAll.getOrDefault(label, 0);
    }

    @Override
    public void visitInsn(int opcode) {
      isCertain &=
          opcode != Opcodes.ATHROW && (opcode < Opcodes.IRETURN || opcode > Opcodes.RETURN);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      isCertain = false;
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label other, Label... labels) {
      isCertain = false;
    }

    @Override
    public void visitLookupSwitchInsn(Label other, int[] keys, Label[] labels) {
      isCertain = false;
    }

    @Override
    public void visitEnd() {
      for (Pending use : pending) {
        boolean isCaught = use.catchesLinkage() || (use.catchesAll() && !closesResources);
        found.add(new Use(use.reference(), method, use.isNow(), use.isCertain(), isCaught));
      }
    }

    private void add(Reference reference) {
      add(reference, true);
    }

    private void add(Reference reference, boolean isNow) {
      pending.add(new Pending(reference, isNow, isCertain, insideLinkage > 0, insideAll > 0));
    }

    private void addClass(String internalName) {
      String element = internalName;
      if (element.startsWith("[")) {
        Type type = Type.getType(element).getElementType();
        if (type.getSort() != Type.OBJECT) {
          return;
        }
        element = type.getInternalName();
      }
      add(Reference.toClass(element, line));
    }

    @Override
    public void visitLineNumber(int line, Label start) {
      this.line = line;
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      addClass(type);
      if (opcode == Opcodes.NEW) {
        add(Reference.toObject(type, line));
      }
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      boolean isStatic = opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC;
      add(new Reference(Reference.Form.FIELD, owner, name, descriptor, isStatic, false, line));
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      // The compiler's catch (Throwable) of a try with resources throws on what it caught.
      closesResources |= name.equals("addSuppressed");
      addMethod(owner, name, descriptor, opcode == Opcodes.INVOKESTATIC, isInterface);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      for (Object argument : arguments) {
        if (argument instanceof Handle handle) {
          addHandle(handle);
        } else if (argument instanceof Type type && type.getSort() == Type.OBJECT) {
          addClass(type.getInternalName());
        }
      }
    }

    @Override
    public void visitLdcInsn(Object value) {
      if (value instanceof Type type
          && (type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY)) {
        addClass(type.getInternalName());
      }
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
      addClass(descriptor);
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
      if (type == null) {
        return; // a finally block, which catches nothing for good
      }
      addClass(type);
      if (type.equals("java/lang/Throwable")) {
        catchingAll.merge(start, 1, Integer::sum);
        catchingAll.merge(end, -1, Integer::sum);
      } else if (CATCHES_LINKAGE.contains(type)) {
        catchingLinkage.merge(start, 1, Integer::sum);
        catchingLinkage.merge(end, -1, Integer::sum);
      }
    }

    private void addHandle(Handle handle) {
      Reference.Form form =
          switch (handle.getTag()) {
            case Opcodes.H_GETFIELD, Opcodes.H_GETSTATIC, Opcodes.H_PUTFIELD, Opcodes.H_PUTSTATIC ->
                Reference.Form.FIELD;
            default -> Reference.Form.METHOD;
          };
      boolean isStatic =
          handle.getTag() == Opcodes.H_GETSTATIC
              || handle.getTag() == Opcodes.H_PUTSTATIC
              || handle.getTag() == Opcodes.H_INVOKESTATIC;
      if (handle.getTag() == Opcodes.H_NEWINVOKESPECIAL) {
        add(Reference.toObject(handle.getOwner(), line), false);
      }
      if (!handle.getOwner().startsWith("[")) {
        add(
            new Reference(
                form,
                handle.getOwner(),
                handle.getName(),
                handle.getDesc(),
                isStatic,
                form == Reference.Form.METHOD && handle.isInterface(),
                line),
            false);
      }
    }

    private void addMethod(
        String owner, String name, String descriptor, boolean isStatic, boolean isInterface) {
      if (!owner.startsWith("[")) {
        add(
            new Reference(
                Reference.Form.METHOD, owner, name, descriptor, isStatic, isInterface, line));
      }
    }
  }
}
