package dev.graft.generate.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Which message a plugin's class names, read from its bytes: loading it would need all that it
 * refers to, Spark among that.
 */
final class PluginSignature {
  private static final int MOST_SUPERCLASSES = 32;
  private static final Pattern RETURNS = Pattern.compile("\\(\\)Ljava/lang/Class<L([^<;]+);>;.*");

  private final JarFile jar;
  private final Pattern argument;

  PluginSignature(JarFile jar, String service) {
    this.jar = jar;
    this.argument =
        Pattern.compile("L" + Pattern.quote(service.replace('.', '/')) + "<L([^<;]+);>;");
  }

  /**
   * The class of the message: what the interface's type argument says, or the return type of
   * messageType, in the class itself or one above it in the jar.
   *
   * @return a name as {@link Class#getName} has it
   */
  Optional<String> messageClass(String plugin) throws IOException {
    String type = plugin.replace('.', '/');
    for (int level = 0; type != null && level < MOST_SUPERCLASSES; level++) {
      ZipEntry entry = jar.getEntry(type + ".class");
      if (entry == null) {
        return Optional.empty();
      }
      Signatures signatures = new Signatures();
      try (InputStream in = jar.getInputStream(entry)) {
        new ClassReader(in).accept(signatures, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
        return Optional.empty(); // Of a Java that ASM does not know, or damaged: others may do.
      }
      if (signatures.message != null) {
        return Optional.of(signatures.message.replace('/', '.'));
      }
      type = signatures.superclass;
    }
    return Optional.empty();
  }

  private final class Signatures extends ClassVisitor {
    @Nullable String message;
    @Nullable String superclass;

    Signatures() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        @Nullable String signature,
        @Nullable String superName,
        String @Nullable [] interfaces) {
      superclass = superName;
      if (signature != null) {
        Matcher matcher = argument.matcher(signature);
        if (matcher.find()) {
          message = matcher.group(1);
        }
      }
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      if (name.equals("messageType") && signature != null && message == null) {
        Matcher matcher = RETURNS.matcher(signature);
        if (matcher.matches()) {
          message = matcher.group(1);
        }
      }
      return null;
    }
  }
}
