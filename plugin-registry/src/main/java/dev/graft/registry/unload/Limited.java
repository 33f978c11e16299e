package dev.graft.registry.unload;

import java.time.Duration;

/** Runs code of plugins on a thread of its own, which is left behind when its time is over. */
final class Limited {
  private Limited() {}

  /** Its context loader is nobody's: the thread may be started in the middle of a plugin's call. */
  static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    return thread;
  }

  /** Whether the code has ended in time. What it throws is for the thread's own handler. */
  static boolean run(String name, Duration limit, Runnable code) {
    Thread thread = thread(code, name);
    thread.start();
    try {
      thread.join(limit.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      thread.interrupt();
      return false;
    }
    return true;
  }
}
