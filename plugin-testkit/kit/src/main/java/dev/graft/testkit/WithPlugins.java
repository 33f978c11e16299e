package dev.graft.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The plugins that the tests of a class are about. Their methods, constructors and lifecycle
 * methods may then have a parameter of type {@link Graft}, which lowers extensions with these
 * plugins.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(GraftExtension.class)
public @interface WithPlugins {
  /**
   * The plugins' classes, in the order in which they are asked. Each has a public constructor
   * without parameters, and implements an interface of {@code dev.graft.api}, of {@code
   * dev.graft.api.spark} or of {@code dev.graft.spi}.
   */
  Class<?>[] value();

  /**
   * What the plugins see as {@code context.settings()}, each as {@code name=value}: on a server,
   * what stands after {@code spark.graft.plugin.<id>.} in its configuration.
   */
  String[] settings() default {};
}
