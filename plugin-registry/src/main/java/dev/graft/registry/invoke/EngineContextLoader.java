package dev.graft.registry.invoke;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a plugin finds, and after that what its host finds. It defines no class.
 *
 * <p>Providers of a service are those of both only where both mean the same interface by its name:
 * a provider for the host's copy of a library is none for the plugin's.
 */
final class EngineContextLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private static final String SERVICES = "META-INF/services/";

  private final ClassLoader host;

  EngineContextLoader(ClassLoader plugin, ClassLoader host) {
    super(plugin);
    this.host = host;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    return host.loadClass(name);
  }

  @Override
  public @Nullable URL getResource(String path) {
    URL url = getParent().getResource(path);
    return url == null ? host.getResource(path) : url;
  }

  @Override
  public Enumeration<URL> getResources(String path) throws IOException {
    List<URL> urls = new ArrayList<>(Collections.list(getParent().getResources(path)));
    if (!path.startsWith(SERVICES) || meansTheSame(path.substring(SERVICES.length()))) {
      urls.addAll(Collections.list(host.getResources(path)));
    }
    return Collections.enumeration(urls);
  }

  private boolean meansTheSame(String interfaceName) {
    Class<?> ofPlugin = find(getParent(), interfaceName);
    return ofPlugin == null || ofPlugin == find(host, interfaceName);
  }

  private static @Nullable Class<?> find(ClassLoader loader, String className) {
    try {
      return loader.loadClass(className);
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }
}
