package dev.graft.gateway.memory;

/**
 * How many bytes of one direction of a call stand unread. Safe for use by several threads; the
 * event loop of the direction's connection is the one that counts.
 */
final class Unread {
  private final UnreadBytes all;
  private final UnreadBytes.Owner call;
  private long bytes;
  private boolean closed;

  Unread(UnreadBytes all, UnreadBytes.Owner call) {
    this.all = all;
    this.call = call;
  }

  Object connection() {
    return call.connection();
  }

  synchronized long bytes() {
    return bytes;
  }

  /** A frame has come, after which so many bytes stand unread. */
  void are(long now) {
    change(now, false);
  }

  /** Some have been read. */
  void read(long fewer) {
    change(Math.max(0, bytes() - fewer), false);
  }

  /** The call is over: nothing counts any more. */
  void close() {
    change(0, true);
  }

  /** Ends the call. */
  void end() {
    close();
    call.refuse(UnreadBytes.ended());
  }

  private void change(long now, boolean close) {
    long before;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = close;
      before = bytes;
      bytes = now;
    }
    if (before != now) {
      all.changed(this, before, now);
    }
  }
}
