package dev.graft.generate;

import java.util.regex.Pattern;

/**
 * A file to be written.
 *
 * @param path relative to the folder that the caller chose, with slashes, such as {@code
 *     frames/frames.go}
 * @param text with line feeds, the last line's among them; written in UTF-8
 */
public record GeneratedFile(String path, String text) {
  private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._/-]*");

  public GeneratedFile {
    if (!PATH.matcher(path).matches() || path.contains("..")) {
      throw new IllegalArgumentException("Not a path within a folder: " + path);
    }
  }
}
