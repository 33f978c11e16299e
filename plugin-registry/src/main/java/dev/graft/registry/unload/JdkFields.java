package dev.graft.registry.unload;

import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the JDK keeps to itself and shows only to programs that are started with {@link #OPTION}:
 * Spark's are, and {@code ./graft} is. Safe for use by several threads; what is read may change
 * meanwhile.
 */
final class JdkFields {
  /** What a Java is to be started with. */
  static final String OPTION = "--add-opens=java.base/java.lang=ALL-UNNAMED";

  private static final String MAP = "java.lang.ThreadLocal$ThreadLocalMap";

  private final @Nullable Field target;
  private final @Nullable Field holder; // from Java 19 on
  private final @Nullable Field task;
  private final @Nullable Field own;
  private final @Nullable Field inherited;
  private final @Nullable Field table;
  private final @Nullable Field value;
  private final @Nullable Field supplier;
  private final @Nullable Field hooks;

  /** As far as this Java shows them. */
  JdkFields() {
    this(true);
  }

  /**
   * The same.
   *
   * @param shown false for what a Java shows that was started without the option
   */
  JdkFields(boolean shown) {
    this.target = open(shown, "java.lang.Thread", "target");
    this.holder = open(shown, "java.lang.Thread", "holder");
    this.task = open(shown, "java.lang.Thread$FieldHolder", "task");
    this.own = open(shown, "java.lang.Thread", "threadLocals");
    this.inherited = open(shown, "java.lang.Thread", "inheritableThreadLocals");
    this.table = open(shown, MAP, "table");
    this.value = open(shown, MAP + "$Entry", "value");
    this.supplier = open(shown, "java.lang.ThreadLocal$SuppliedThreadLocal", "supplier");
    this.hooks = open(shown, "java.lang.ApplicationShutdownHooks", "hooks");
  }

  /** Whether this Java shows them. */
  boolean areOpen() {
    return own != null;
  }

  /** What a thread runs; null where that cannot be seen. */
  @Nullable Object target(Thread thread) {
    return target != null ? read(target, thread) : read(task, read(holder, thread));
  }

  /** What gives a thread-local its first value; null where that cannot be seen. */
  @Nullable Object supplier(Object threadLocal) {
    return supplier != null && supplier.getDeclaringClass().isInstance(threadLocal)
        ? read(supplier, threadLocal)
        : null;
  }

  /** The shutdown hooks; none where they cannot be seen. */
  List<Thread> shutdownHooks() {
    if (hooks == null) {
      return List.of();
    }
    synchronized (hooks.getDeclaringClass()) { // as the JDK itself does
      // null while the JVM ends
      return read(hooks, null) instanceof Map<?, ?> map
          ? map.keySet().stream().map(Thread.class::cast).toList()
          : List.of();
    }
  }

  /**
   * The thread-locals of a thread, each with its value; none where they cannot be seen. A
   * thread-local that nobody knows any more is null.
   */
  void threadLocals(Thread thread, BiConsumer<@Nullable Object, @Nullable Object> each) {
    for (Field field :
        own == null || inherited == null ? Set.<Field>of() : Set.of(own, inherited)) {
      Object entries = read(table, read(field, thread));
      for (int i = 0; entries != null && i < Array.getLength(entries); i++) {
        if (Array.get(entries, i) instanceof Reference<?> entry) {
          each.accept(entry.get(), read(value, entry));
        }
      }
    }
  }

  private static @Nullable Object read(@Nullable Field field, @Nullable Object object) {
    if (field == null || (object == null && !Modifier.isStatic(field.getModifiers()))) {
      return null;
    }
    try {
      return field.get(object);
    } catch (IllegalAccessException e) {
      return null;
    }
  }

  private static @Nullable Field open(boolean shown, String type, String name) {
    if (!shown) {
      return null;
    }
    try {
      Field field = Class.forName(type).getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (ClassNotFoundException | NoSuchFieldException | InaccessibleObjectException e) {
      return null;
    }
  }
}
