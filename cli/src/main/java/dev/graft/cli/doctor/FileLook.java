package dev.graft.cli.doctor;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Files and folders of a server: who may read its secrets, and whether there is room. */
final class FileLook {
  private static final Set<PosixFilePermission> OF_OTHERS =
      Set.of(
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private FileLook() {}

  /**
   * A file of tokens, passwords or keys, which other users of the machine should not read.
   *
   * @param about what is in it, in a word or two
   */
  static List<Finding> secret(String about, Path file) {
    if (!Files.isReadable(file)) {
      return List.of(
          Finding.problem(
              about,
              file + (Files.exists(file) ? " cannot be read." : " is not there."),
              "Put it there, readable by the user that the server runs as."));
    }
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (permissions.stream().anyMatch(OF_OTHERS::contains)) {
        return List.of(
            Finding.warning(
                about,
                file + " can be read or written by other users of this machine.",
                "chmod 600 it, or 640 for a group that may read it."));
      }
    } catch (IOException | UnsupportedOperationException e) {
      return List.of(); // a file system without such permissions
    }
    return List.of(Finding.ok(about, file + " is for its owner"));
  }

  /**
   * The folder of a gateway's sessions. It need not be there yet.
   *
   * @param wanted how many bytes it may come to hold
   */
  static List<Finding> store(Path folder, long wanted) {
    String about = "store";
    Optional<Path> there = nearest(folder);
    if (there.isEmpty() || !Files.isDirectory(there.get()) || !Files.isWritable(there.get())) {
      return List.of(
          Finding.problem(
              about,
              folder + " cannot be written to.",
              "Make the folder, and let the user that the gateway runs as write there."));
    }
    try {
      FileStore disk = Files.getFileStore(there.get());
      long room = disk.getUsableSpace();
      if (room < wanted) {
        return List.of(
            Finding.warning(
                about,
                String.format(
                    java.util.Locale.ROOT,
                    "The disk of %s has room for %,d bytes, and sessions may take %,d.",
                    folder,
                    room,
                    wanted),
                "Make room, name a folder on another disk, or lower graft.sessions.all-bytes."));
      }
      return List.of(Finding.ok(about, folder + " can be written to, and has room"));
    } catch (IOException e) {
      return List.of(
          Finding.problem(
              about,
              "The disk of " + folder + " cannot be asked (" + e.getMessage() + ").",
              "See whether it is mounted."));
    }
  }

  private static Optional<Path> nearest(Path folder) {
    Path current = folder.toAbsolutePath();
    while (current != null && !Files.exists(current)) {
      current = current.getParent();
    }
    return Optional.ofNullable(current);
  }
}
