package dev.graft.benchmarks.dispatch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * As many plugins as wanted, each a class of its own for a message class of its own, as a server
 * full of plugins has them.
 *
 * <p>Package {@code plugin0000} is compiled; {@code plugin0001} to {@code plugin9999} are its class
 * files with that name replaced, in the class names as well as in the message's descriptor. The new
 * name is as long as the old, so no length in the files changes.
 */
final class PluginFamily extends ClassLoader {
  private static final String TEMPLATE = "plugin0000";
  private static final String PACKAGE_PREFIX = "dev.graft.benchmarks.dispatch.plugin";

  PluginFamily() {
    super(PluginFamily.class.getClassLoader());
  }

  /** The class of a member: {@code simpleName} of the template under the member's name. */
  Class<?> type(int number, Class<?> template) throws ClassNotFoundException {
    return loadClass(template.getName().replace(TEMPLATE, memberName(number)));
  }

  /** One instance of each member from 1 to {@code count}, in this order. */
  <T> List<T> instances(int count, Class<? extends T> template, Class<T> asType) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> asType.cast(instance(number, template)))
        .toList();
  }

  private Object instance(int number, Class<?> template) {
    try {
      return type(number, template).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "Member " + number + " of the family of " + template.getName() + " cannot be made", e);
    }
  }

  private static String memberName(int number) {
    if (number < 1 || number > 9999) {
      throw new IllegalArgumentException("The family has the members 1 to 9999, not " + number);
    }
    return "plugin%04d".formatted(number);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (!name.startsWith(PACKAGE_PREFIX)) {
      throw new ClassNotFoundException(name);
    }
    String member =
        name.substring(PACKAGE_PREFIX.length() - "plugin".length(), PACKAGE_PREFIX.length() + 4);
    String resource = name.replace(member, TEMPLATE).replace('.', '/') + ".class";
    try (InputStream in = PluginFamily.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      // One character per byte, so that what is not ASCII comes back as it was.
      String template = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      byte[] bytes = template.replace(TEMPLATE, member).getBytes(StandardCharsets.ISO_8859_1);
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
