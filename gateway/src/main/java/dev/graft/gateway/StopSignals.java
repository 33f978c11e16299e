package dev.graft.gateway;

import java.lang.reflect.Proxy;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ctrl-C and {@code kill} as a gateway takes them: the first lets calls end, the second cuts them
 * off. Java's own way, shutdown hooks, hears the first signal only.
 */
public final class StopSignals {
  private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);
  private static final List<String> NAMES = List.of("INT", "TERM");

  private StopSignals() {}

  /**
   * Lets signals stop a gateway, whereupon {@link Gateway#awaitEnd} returns. Where the JVM does not
   * give signals to programs, as with {@code -Xrs}, a shutdown hook takes their place.
   */
  public static void stop(Gateway gateway) {
    try {
      for (String name : NAMES) {
        handle(name, () -> new Thread(gateway::close, "stop-gateway").start());
      }
    } catch (ReflectiveOperationException e) {
      LOG.debug("Signals are not to be had", e);
      Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "stop-gateway"));
    }
  }

  /**
   * By reflection: the only way to hear a signal twice is in the module jdk.unsupported, and
   * javac's warning about it cannot be suppressed.
   */
  private static void handle(String name, Runnable deed) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object doing =
        Proxy.newProxyInstance(
            handler.getClassLoader(),
            new Class<?>[] {handler},
            (proxy, method, arguments) -> {
              deed.run();
              return null;
            });
    signal
        .getMethod("handle", signal, handler)
        .invoke(null, signal.getConstructor(String.class).newInstance(name), doing);
  }
}
