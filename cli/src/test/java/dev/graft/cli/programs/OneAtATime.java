package dev.graft.cli.programs;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;

/**
 * What only one process may make, for the others to find: the test classes of this module run in
 * two at a time. Not for several threads of one process.
 */
public final class OneAtATime {
  private static final Path LOCKS = Path.of("target/locks");

  private OneAtATime() {}

  /**
   * Makes something, or finds it made.
   *
   * @param name of what is made
   */
  @SuppressWarnings("try") // the lock is there for what happens meanwhile
  public static <T> T make(String name, Callable<T> work) throws Exception {
    Path file = Files.createDirectories(LOCKS).resolve(name);
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      return work.call();
    }
  }
}
