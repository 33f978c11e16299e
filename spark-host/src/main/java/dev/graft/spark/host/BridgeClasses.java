package dev.graft.spark.host;

import static net.bytebuddy.matcher.ElementMatchers.isAbstract;

import dev.graft.spark.Bridge;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.function.Function;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.MethodCall;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * Writes the classes that stand in Spark's lists: each implements the interface as the running line
 * has it and calls {@link Bridge}. They are defined beside the bridge, where Spark finds them by
 * name.
 */
final class BridgeClasses {
  private static final String PACKAGE = Bridge.class.getPackageName();

  private final ByteBuddy byteBuddy =
      new ByteBuddy(ClassFileVersion.JAVA_V17).with(TypeValidation.DISABLED);

  /**
   * Writes a class that hands the one method of an interface to a static method of the bridge.
   *
   * @param simpleName the class's name in the bridge's package
   * @param bridgeMethod the bridge's method
   * @return the class's full name
   */
  String write(Class<?> implemented, String simpleName, String bridgeMethod) {
    Method target =
        Arrays.stream(Bridge.class.getMethods())
            .filter(method -> method.getName().equals(bridgeMethod))
            .findFirst()
            .orElseThrow();
    return define(
            simpleName,
            byteBuddy ->
                byteBuddy
                    .subclass(Object.class)
                    .implement(implemented)
                    .method(isAbstract())
                    .intercept(
                        MethodCall.invoke(target)
                            .withAllArguments()
                            .withAssigner(Assigner.DEFAULT, Assigner.Typing.DYNAMIC)))
        .getName();
  }

  /**
   * Defines a class beside the bridge. An earlier context of the same JVM may have done so already:
   * then that class is used, since it is the same for the same Spark.
   */
  Class<?> define(String simpleName, Function<ByteBuddy, DynamicType.Builder<?>> writer) {
    String name = PACKAGE + "." + simpleName;
    try {
      return Class.forName(name, true, Bridge.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      return defined(writer.apply(byteBuddy).name(name).make().getBytes());
    }
  }

  private static Class<?> defined(byte[] classFile) {
    try {
      return Bridge.lookup().defineClass(classFile);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("The class could not be defined beside the bridge", e);
    }
  }
}
