package dev.graft.spark.host;

import static net.bytebuddy.matcher.ElementMatchers.isAbstract;

import dev.graft.spark.Bridge;
import java.lang.reflect.Method;
import java.util.Arrays;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.ClassFileVersion;
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
    byte[] classFile =
        byteBuddy
            .subclass(Object.class)
            .implement(implemented)
            .name(PACKAGE + "." + simpleName)
            .method(isAbstract())
            .intercept(
                MethodCall.invoke(target)
                    .withAllArguments()
                    .withAssigner(Assigner.DEFAULT, Assigner.Typing.DYNAMIC))
            .make()
            .getBytes();
    try {
      return Bridge.lookup().defineClass(classFile).getName();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(
          "The class for Spark's list could not be defined beside the bridge", e);
    }
  }
}
