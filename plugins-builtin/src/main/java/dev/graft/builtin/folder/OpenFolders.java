package dev.graft.builtin.folder;

import dev.graft.builtin.option.OptionCheck;
import dev.graft.spi.PlanningException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The folders that are open to clients; none, unless the operator names some.
 *
 * @param setting the name of the setting that opens them, which refusals tell
 */
public record OpenFolders(String setting, List<OpenFolder> folders, Configuration configuration) {
  public OpenFolders {
    folders = List.copyOf(folders);
  }

  /**
   * Those of the plugin's settings.
   *
   * @param writable the name of the setting that lists folders to read and change
   * @param readOnly the name of the setting that lists folders to read; empty where there is none
   */
  public static OpenFolders of(
      Map<String, String> settings, String writable, String readOnly, Configuration configuration) {
    List<OpenFolder> folders = new ArrayList<>();
    add(folders, settings, writable, true, configuration);
    add(folders, settings, readOnly, false, configuration);
    return new OpenFolders(writable, folders, configuration);
  }

  private static void add(
      List<OpenFolder> folders,
      Map<String, String> settings,
      String setting,
      boolean writable,
      Configuration configuration) {
    Arrays.stream(settings.getOrDefault(setting, "").split(",", -1))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(text -> ClientPath.of(new OptionCheck("The server's setting"), setting, text))
        .map(path -> new OpenFolder(OpenFolder.qualified(path, configuration), writable))
        .forEach(folders::add);
  }

  /**
   * A path to read.
   *
   * @param option the option that the path came with
   * @throws PlanningException if it is not within an open folder
   */
  public OpenPath toRead(OptionCheck check, String option, String text) throws IOException {
    return find(check, option, text, false);
  }

  /**
   * A path to change.
   *
   * @param option the option that the path came with
   * @throws PlanningException if it is not within an open folder, or that may only be read
   */
  public OpenPath toWrite(OptionCheck check, String option, String text) throws IOException {
    return find(check, option, text, true);
  }

  private OpenPath find(OptionCheck check, String option, String text, boolean write)
      throws IOException {
    Path path = OpenFolder.qualified(ClientPath.of(check, option, text), configuration);
    List<OpenFolder> around = folders.stream().filter(folder -> folder.holds(path)).toList();
    if (around.isEmpty()) {
      throw check.refusal(option, text, "It is in none of the folders that are open: " + advice());
    }
    // The innermost decides, so that a folder within a writable one can be closed to changes.
    OpenFolder folder = innermost(around);
    if (write && !folder.writable()) {
      throw check.refusal(
          option, text, "Its folder " + folder.root() + " is open for reading only");
    }
    if (leaves(folder, path)) {
      throw check.refusal(
          option, text, "A symbolic link leads out of the open folder " + folder.root());
    }
    return new OpenPath(path.getFileSystem(configuration), path, folder, folders);
  }

  private static OpenFolder innermost(List<OpenFolder> around) {
    return around.stream()
        .reduce((outer, inner) -> outer.holds(inner.root()) ? inner : outer)
        .orElseThrow();
  }

  private static boolean leaves(OpenFolder folder, Path path) {
    try {
      return folder.isLeftBy(path);
    } catch (IOException e) {
      return true; // a link to nothing, or a folder that cannot be read, is not followed
    }
  }

  private String advice() {
    return folders.isEmpty()
        ? "the server's operator opens them by the setting " + setting + " of this plugin"
        : String.join(", ", folders.stream().map(folder -> folder.root().toString()).toList());
  }
}
