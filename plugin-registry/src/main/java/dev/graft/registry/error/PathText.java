package dev.graft.registry.error;

/** Paths of the server's in texts that clients see: clients need not know where it keeps files. */
public final class PathText {
  private PathText() {}

  /** The last part of a path; another text as it is. */
  public static String lastPart(String path) {
    String trimmed = path.replaceFirst("[/\\\\]+$", "");
    return trimmed.substring(Math.max(trimmed.lastIndexOf('/'), trimmed.lastIndexOf('\\')) + 1);
  }
}
