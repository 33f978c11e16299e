package dev.graft.builtin.parquet;

import dev.graft.builtin.option.OptionCheck;
import dev.graft.spi.PlanningException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Finds the files that paths stand for.
 *
 * @param schemes of the file systems in which they may be
 * @param most how many there may be
 */
record ParquetFiles(
    OptionCheck check, Configuration configuration, AllowedSchemes schemes, int most) {
  private static final int MOST_FOLDERS = 100_000;

  /** The files of all paths, path by path, those of a folder in order of their names. */
  List<FileStatus> in(List<String> paths) {
    List<FileStatus> files = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      Path path = path(paths.get(i), i);
      try {
        addFiles(files, path);
      } catch (PlanningException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        throw notThere(i, paths.get(i), e);
      }
    }
    return files;
  }

  /**
   * One text, whatever the reason: what is a closed port of a machine that only the server reaches,
   * and what an open one, is nothing to tell. The cause is for the server's log.
   */
  private PlanningException notThere(int index, String path, Exception reason) {
    PlanningException refusal =
        check.refusal(
            "paths[" + index + "]",
            path,
            "There is no such file or folder, or the server cannot read it; its log says why");
    refusal.initCause(reason);
    return refusal;
  }

  private void addFiles(List<FileStatus> files, Path path) throws IOException {
    FileSystem fileSystem = path.getFileSystem(configuration);
    FileStatus[] matches = fileSystem.globStatus(path);
    if (matches == null || matches.length == 0) {
      throw new FileNotFoundException("Nothing matches " + path);
    }
    for (FileStatus match : matches) {
      addFiles(files, fileSystem, match);
    }
  }

  private Path path(String text, int index) {
    String option = "paths[" + index + "]";
    check.given(!text.isEmpty(), option, "Give a file or folder");
    Path path;
    try {
      path = new Path(text);
    } catch (IllegalArgumentException e) {
      throw check.refusal(option, text, "Give a file or folder");
    }
    schemes.check(check, option, path, configuration);
    return path;
  }

  private void addFiles(List<FileStatus> files, FileSystem fileSystem, FileStatus start)
      throws IOException {
    if (start.isFile()) {
      add(files, start);
      return;
    }
    List<FileStatus> within = new ArrayList<>();
    Deque<Path> folders = new ArrayDeque<>(List.of(start.getPath()));
    int visited = 0;
    while (!folders.isEmpty()) {
      check.between(++visited, 0, MOST_FOLDERS, "the number of folders");
      RemoteIterator<FileStatus> entries = fileSystem.listStatusIterator(folders.pop());
      while (entries.hasNext()) {
        FileStatus entry = entries.next();
        String name = entry.getPath().getName();
        if (name.startsWith("_") || name.startsWith(".")) {
          continue; // as Spark does, which keeps its own notes under such names
        }
        if (entry.isDirectory()) {
          folders.push(entry.getPath());
        } else {
          add(within, entry);
        }
      }
    }
    within.sort(Comparator.comparing(status -> status.getPath().toString()));
    within.forEach(file -> add(files, file));
  }

  private void add(List<FileStatus> files, FileStatus file) {
    if (files.size() == most) {
      throw new PlanningException(
          "ParquetMetadata.paths hold more than "
              + most
              + " files. Give fewer; the server's operator sets the limit as parquet.max-files of"
              + " this plugin.");
    }
    files.add(file);
  }
}
