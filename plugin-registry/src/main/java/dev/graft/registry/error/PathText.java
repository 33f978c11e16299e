package dev.graft.registry.error;

/**
 * Shortens the server's paths in texts that clients see: clients need not know where it keeps
 * files.
 */
public final class PathText {
  private PathText() {}

  /** The last part of a path; a text that is no path stays as it is. */
  public static String lastPart(String path) {
    String trimmed = path.replaceFirst("[/\\\\]+$", "");
    return trimmed.substring(Math.max(trimmed.lastIndexOf('/'), trimmed.lastIndexOf('\\')) + 1);
  }
}
