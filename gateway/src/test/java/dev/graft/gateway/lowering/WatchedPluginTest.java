package dev.graft.gateway.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.spi.ExtensionPlugin;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A watched plugin is the plugin in all else. */
class WatchedPluginTest {
  @Test
  void everyMethodOfThePluginIsPassedOn() {
    assertThat(
            Arrays.stream(ExtensionPlugin.class.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(WatchedPluginTest::isInherited)
                .map(Method::getName))
        .isEmpty();
  }

  private static boolean isInherited(Method method) {
    return Arrays.stream(WatchedPlugin.class.getDeclaredMethods())
        .noneMatch(
            own ->
                own.getName().equals(method.getName())
                    && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
  }
}
