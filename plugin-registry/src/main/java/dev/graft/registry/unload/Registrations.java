package dev.graft.registry.unload;

import dev.graft.registry.error.FailureText;
import dev.graft.registry.isolation.IsolatedClassLoader;
import java.beans.Introspector;
import java.security.Provider;
import java.security.Security;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.Callable;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;

/**
 * What the JDK keeps of a plugin in lists of its own, and can be taken out of them: nobody but the
 * plugin could have asked for it. What is taken out is named; caches are emptied without a word.
 */
final class Registrations {
  private final IsolatedClassLoader loader;
  private final Ownership plugin;
  private final List<String> removed = new ArrayList<>();

  Registrations(IsolatedClassLoader loader) {
    this.loader = loader;
    this.plugin = new Ownership(loader);
  }

  /** Takes out what there is. Runs code of the plugin's, where that wants to be told. */
  List<String> remove() {
    if (plugin.hasClassOf(Driver.class)) {
      attempt("its JDBC drivers", this::drivers);
    }
    if (plugin.hasClassOf(Provider.class)) {
      attempt("its security providers", this::providers);
    }
    if (plugin.hasClassOf(Handler.class)) {
      attempt("its log handlers", this::handlers);
    }
    attempt("its MBeans", this::beans);
    attempt("what caches have of it", this::caches);
    return removed;
  }

  /** A step, which may throw whatever the plugin throws. */
  @FunctionalInterface
  private interface Step {
    void run() throws Exception;
  }

  private void attempt(String what, Step step) {
    try {
      step.run();
    } catch (Exception | LinkageError e) {
      removed.add("(not " + what + ": " + FailureText.of(e) + ")");
    }
  }

  private void drivers() throws Exception {
    Callable<?> own =
        (Callable<?>) loader.defineOfGraft(OwnDrivers.class).getDeclaredConstructor().newInstance();
    for (Object name : (List<?>) own.call()) {
      removed.add("JDBC driver " + name);
    }
  }

  private void providers() {
    for (Provider provider : Security.getProviders()) {
      if (plugin.has(provider)) {
        Security.removeProvider(provider.getName());
        removed.add("security provider " + provider.getName());
      }
    }
  }

  private void handlers() {
    LogManager logs = LogManager.getLogManager();
    for (String name : Collections.list(logs.getLoggerNames())) {
      Logger logger = logs.getLogger(name);
      for (Handler handler : logger == null ? new Handler[0] : logger.getHandlers()) {
        if (plugin.has(handler)) {
          logger.removeHandler(handler);
          removed.add("log handler " + Ownership.name(handler) + " of logger '" + name + "'");
        }
      }
    }
  }

  private void beans() throws JMException {
    for (MBeanServer server : MBeanServerFactory.findMBeanServer(null)) {
      for (ObjectName name : server.queryNames(null, null)) {
        if (plugin.hasLoader(server.getClassLoaderFor(name))) {
          server.unregisterMBean(name);
          removed.add("MBean " + name);
        }
      }
    }
  }

  private void caches() {
    ResourceBundle.clearCache(loader);
    loader.defined().forEach(Introspector::flushFromCaches);
  }
}
