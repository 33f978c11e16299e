package dev.graft.registry.wire;

/** Bytes that are not well-formed protobuf, or not what their descriptor says. */
public final class WireException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final int offset;

  /**
   * @param reason what is wrong, as a clause
   * @param offset the byte, counted from 0, where it showed
   */
  public WireException(String reason, int offset) {
    // Made for untrusted input: a stack trace would cost more than the walk and tell nobody
    // anything.
    super(reason, null, false, false);
    this.reason = reason;
    this.offset = offset;
  }

  /** What is wrong, as a clause. */
  public String reason() {
    return reason;
  }

  /** The byte, counted from 0, where it showed. */
  public int offset() {
    return offset;
  }
}
