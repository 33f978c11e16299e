package dev.graft.servers;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Spark cannot be run as asked. The message is one line for people: what, why and what to do. */
public final class LaunchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of failure it is; the names stay the same between releases. */
  public enum Code {
    /** There is no such Spark line. */
    LINE_UNKNOWN,
    /** A configuration file is missing, or cannot be understood. */
    CONFIGURATION_UNREADABLE,
    /** Graft's own files are not all there. */
    DISTRIBUTION_DAMAGED,
    /** Maven could not get Spark. */
    RESOLUTION_FAILED,
    /** The folder is no Spark installation that has Connect. */
    SPARK_HOME_INVALID,
    /** The program is no Python, or lacks what Python functions need. */
    PYTHON_UNUSABLE,
    /** Something else listens on the port. */
    PORT_TAKEN,
    /** The server ended, or did not listen in time. */
    SERVER_FAILED
  }

  private final Code code;
  private final ArrayList<String> log;

  /** A failure. */
  public LaunchException(Code code, String message) {
    this(code, message, List.of());
  }

  /** A failure with its cause. */
  public LaunchException(Code code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.log = new ArrayList<>();
  }

  /** A failure of a server. */
  LaunchException(Code code, String message, List<String> log) {
    super(message);
    this.code = code;
    this.log = new ArrayList<>(log);
  }

  /** What kind of failure it is. */
  public Code code() {
    return code;
  }

  /** The last lines of the server's log; empty where no server was started. */
  public List<String> log() {
    return List.copyOf(log);
  }
}
