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
 * Runs all tests of a class once in memory, and once more on a real Spark Connect server of each
 * line that is named, with the plugins of {@link dev.graft.testkit.WithPlugins} inside. On a method
 * it stands in place of {@code @Test}.
 *
 * <p>Servers are processes of their own, on a free port of this machine. They are shared by all
 * tests of the JVM that need the same plugins and settings, and are stopped when it ends. The first
 * use of a line has Maven download up to 350 MB; where that fails, the line's tests are skipped,
 * and the report says so; with {@code CI=true} in the environment they fail.
 *
 * <p>The server gets the classes and resources of the folder or jar that the plugins are in, as one
 * jar: in a build what {@code target/classes} holds, before anything is packaged or shaded.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ClassTemplate
@TestTemplate
@ExtendWith(ServerExtension.class)
public @interface OnSpark {
  /** The lines, such as {@code 3.5}; the newest unless said, all where it is {@code all}. */
  String[] value() default {};

  /** Whether the tests run in memory too. */
  boolean inMemory() default true;
}
