package dev.graft.registry.unload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Threads that a plugin has left running, threads that wait for the end of the JVM, and what it has
 * left in the thread-locals of others. They are named and left alone: who stops a thread, or
 * changes it from outside, does not know what it was doing. A thread that the host has started in
 * the middle of a call of the plugin is among them, since it holds the plugin's loader too.
 */
final class LeftThreads {
  private static final String TIMER = "java.util.TimerThread";

  private final Ownership plugin;
  private final JdkFields jdk;

  LeftThreads(Ownership plugin, JdkFields jdk) {
    this.plugin = plugin;
    this.jdk = jdk;
  }

  List<String> named() {
    List<String> found = new ArrayList<>();
    for (Thread thread : alive()) {
      if (thread != Thread.currentThread()) {
        running(thread).ifPresent(found::add);
        found.addAll(locals(thread));
      }
    }
    for (Thread hook : jdk.shutdownHooks()) {
      if (isOfPlugin(hook)) {
        found.add("shutdown hook '" + hook.getName() + "'" + inClass(codeOf(hook)));
      }
    }
    return found;
  }

  private Optional<String> running(Thread thread) {
    if (!isOfPlugin(thread)) {
      return Optional.empty();
    }
    String kind = thread.getClass().getName().equals(TIMER) ? "timer" : "thread";
    return Optional.of(
        kind + " '" + thread.getName() + "'" + inClass(codeOf(thread)) + " still runs");
  }

  private boolean isOfPlugin(Thread thread) {
    return plugin.has(thread)
        || plugin.hasLoader(thread.getContextClassLoader())
        || plugin.has(jdk.target(thread));
  }

  private static String inClass(@Nullable String name) {
    return name == null ? "" : " (" + name + ")";
  }

  /** The class of the plugin's that a thread runs; null where that cannot be told. */
  private @Nullable String codeOf(Thread thread) {
    if (plugin.has(thread)) {
      return Ownership.name(thread);
    }
    Object target = jdk.target(thread);
    return target != null && plugin.has(target)
        ? Ownership.name(target)
        : plugin.classOnStack(thread);
  }

  private List<String> locals(Thread thread) {
    List<String> found = new ArrayList<>();
    jdk.threadLocals(
        thread,
        (threadLocal, value) -> {
          Object owner = value != null && plugin.has(value) ? value : ownOf(threadLocal);
          if (owner != null) {
            found.add(
                "ThreadLocal of "
                    + Ownership.name(owner)
                    + " in thread '"
                    + thread.getName()
                    + "'");
          }
        });
    return found;
  }

  /** What is the plugin's of a thread-local: itself, or what gives its first value. */
  private @Nullable Object ownOf(@Nullable Object threadLocal) {
    if (threadLocal == null || plugin.has(threadLocal)) {
      return threadLocal;
    }
    Object supplier = jdk.supplier(threadLocal);
    return plugin.has(supplier) ? supplier : null;
  }

  /** All threads but virtual ones. Unlike a dump of all stacks this stops nobody. */
  static List<Thread> alive() {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    Thread[] threads = new Thread[root.activeCount() + 16];
    int count = root.enumerate(threads, true);
    while (count == threads.length) { // there may be more
      threads = new Thread[2 * threads.length];
      count = root.enumerate(threads, true);
    }
    return List.of(Arrays.copyOf(threads, count));
  }
}
