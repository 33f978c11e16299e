package dev.graft.registry.invoke;

/**
 * What a host wants to know of calls of plugins, and when it lets none begin. Safe for use by
 * several threads.
 *
 * <p>Time is the host's too: one that bounds it interrupts the thread of a call that takes too
 * long, of which it has been told here.
 */
@FunctionalInterface
public interface CallWatch {
  /** For a host that does nothing about calls. */
  CallWatch NONE = plugin -> Call.UNWATCHED;

  /**
   * A plugin is about to be called on this thread, perhaps in the middle of a call of another.
   *
   * @return is closed when the plugin has come to its end, on the same thread
   * @throws dev.graft.registry.error.HostFailure where nobody waits for the answer any more
   */
  Call begin(PluginIdentity plugin);

  /** A call under way. */
  @FunctionalInterface
  interface Call extends AutoCloseable {
    /** Nobody wants to know of its end. */
    Call UNWATCHED = () -> {};

    @Override
    void close();
  }
}
