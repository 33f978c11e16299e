package dev.graft.registry.unload;

import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.ResponseCache;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the JDK has one of for the whole process, where that is a plugin's. It is named and left
 * where it is: nobody knows what was there before.
 */
final class LeftHandlers {
  private LeftHandlers() {}

  static List<String> named(Ownership plugin) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put(
        "Thread's default uncaught exception handler", Thread.getDefaultUncaughtExceptionHandler());
    all.put("the default Authenticator", Authenticator.getDefault());
    all.put("the default ProxySelector", ProxySelector.getDefault());
    all.put("the default CookieHandler", CookieHandler.getDefault());
    all.put("the default ResponseCache", ResponseCache.getDefault());
    all.put("System.out", System.out);
    all.put("System.err", System.err);
    List<String> found = new ArrayList<>();
    all.forEach(
        (what, object) -> {
          if (object != null && plugin.has(object)) {
            found.add(what + " (" + Ownership.name(object) + ")");
          }
        });
    return found;
  }
}
