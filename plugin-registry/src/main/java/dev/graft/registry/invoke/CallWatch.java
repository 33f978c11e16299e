package dev.graft.registry.invoke;

/**
 * Tells a host of each call of a plugin, and lets the host refuse the call. Safe for use by several
 * threads.
 *
 * <p>The registry does not bound the time of a call. A host that does learns here which thread to
 * interrupt.
 */
@FunctionalInterface
public interface CallWatch {
  /** For a host that does nothing about calls. */
  CallWatch NONE = plugin -> Call.UNWATCHED;

  /**
   * A plugin is about to be called on this thread, perhaps in the middle of a call of another.
   *
   * @return closed when the plugin has ended, on the same thread
   * @throws dev.graft.registry.error.HostFailure where nobody waits for the answer any more
   */
  Call begin(PluginIdentity plugin);

  /** A call under way. */
  @FunctionalInterface
  interface Call extends AutoCloseable {
    /** A call whose end nobody wants to know of. */
    Call UNWATCHED = () -> {};

    @Override
    void close();
  }
}
