package dev.graft.testkit.spark;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs all tests of a class once in memory, and once more through a gateway with the plugins of
 * {@link dev.graft.testkit.WithPlugins}, before a real Spark Connect server of each line that is
 * named, which has nothing of Graft in it. On a method it stands in place of {@code @Test}. The
 * rest is as with {@link OnSpark}, and both may stand on one class. The gateway runs in the test's
 * JVM.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ClassTemplate
@TestTemplate
@ExtendWith(ServerExtension.class)
public @interface ThroughGateway {
  /** The lines, such as {@code 3.5}; the newest unless said, all where it is {@code all}. */
  String[] value() default {};

  /** Whether the tests run in memory too. */
  boolean inMemory() default true;
}
