package dev.graft.gateway.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jars of sessions on this machine's disk, each once however many sessions have it: {@code
 * jars/DIGEST/NAME}. What is on its way lies in {@code incoming} and gets its place whole, in one
 * step. A file is there as long as a session holds it. Safe for use by several threads.
 */
public final class JarFiles {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft.sessions");

  private final Path jars;
  private final Path incoming;
  private final Path damaged;
  private final DiskRoom room;
  private final AtomicLong uploads = new AtomicLong();

  /**
   * By digest the names under which sessions hold it, one for each session. What is done with its
   * folder is done inside of {@code compute}.
   */
  private final Map<String, List<String>> holders = new ConcurrentHashMap<>();

  /**
   * The files of a folder. What was left of uploads is deleted.
   *
   * @param most how many bytes all of them may have together
   */
  JarFiles(Path folder, long most) throws IOException {
    this.room = new DiskRoom(most);
    this.jars = Files.createDirectories(folder.resolve("jars"));
    this.damaged = folder.resolve("damaged");
    this.incoming = folder.resolve("incoming");
    deleteAll(incoming);
    Files.createDirectories(incoming);
  }

  /**
   * Deletes what nobody expects: a gateway may have ended before it noted whose a jar is.
   *
   * @throws IOException if the folder cannot be read
   */
  void deleteAllBut(Set<SessionJar> expected) throws IOException {
    Set<Path> places = expected.stream().map(this::file).collect(Collectors.toSet());
    try (Stream<Path> files = Files.walk(jars)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!places.contains(file)) {
          deleteWithFolder(file);
        }
      }
    }
  }

  /** Whether a jar is there, and is what it was when it came. */
  boolean isSound(SessionJar jar) {
    try (InputStream in = Files.newInputStream(file(jar))) {
      MessageDigest digest = sha256();
      new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest()).equals(jar.digest());
    } catch (IOException e) {
      return false;
    }
  }

  /** Moves what is in the place of a jar to where nobody uses it. */
  void setAside(SessionJar jar) throws IOException {
    if (Files.exists(file(jar))) {
      Path aside = Files.createDirectories(damaged.resolve(jar.digest()));
      Files.move(file(jar), aside.resolve(jar.name()), StandardCopyOption.REPLACE_EXISTING);
    }
    deleteWithFolder(file(jar));
  }

  /** Where a jar is, if it is there. */
  public Path file(SessionJar jar) {
    return jars.resolve(jar.digest()).resolve(jar.name());
  }

  /**
   * Begins to write a jar.
   *
   * @param chunks how many pieces there will be
   * @param size how large it will be; negative where nobody has said
   * @param most how large it may be
   */
  public Upload begin(String name, long chunks, long size, long most) throws IOException {
    return new Upload(newFolder().resolve(name), chunks, size, most, room);
  }

  private Path newFolder() throws IOException {
    return Files.createDirectory(incoming.resolve(Long.toString(uploads.incrementAndGet())));
  }

  /**
   * Gives a jar that has come its place, and holds it. Nothing is left of the upload, whatever
   * happens.
   */
  public void place(Upload upload, SessionJar jar) throws IOException {
    try {
      hold(jar, target -> Files.move(upload.file(), target));
    } finally {
      upload.drop();
    }
  }

  /** How a jar comes that is not there. */
  @FunctionalInterface
  public interface Fetch {
    /** Makes a file of it, which is not there yet. */
    void to(Path target) throws IOException;
  }

  /** Has a jar stay until {@link #release}. */
  public void hold(SessionJar jar, Fetch fetch) throws IOException {
    try {
      holders.compute(
          jar.digest(),
          (same, names) -> {
            List<String> all = names == null ? new ArrayList<>() : names;
            if (!all.contains(jar.name())) {
              getUnchecked(jar, fetch);
              room.take(jar.bytes()); // its uploader has been asked for room
            }
            all.add(jar.name());
            return all;
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void getUnchecked(SessionJar jar, Fetch fetch) {
    try {
      get(jar, fetch);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void get(SessionJar jar, Fetch fetch) throws IOException {
    Path target = file(jar);
    if (Files.exists(target)) {
      return; // it was there when this gateway started
    }
    Path from = newFolder().resolve(jar.name());
    try {
      fetch.to(from);
      Path own = Files.createDirectories(jars.resolve(jar.digest()));
      Files.move(from, target, StandardCopyOption.ATOMIC_MOVE);
      sync(own);
      sync(jars);
    } finally {
      deleteWithFolder(from);
    }
  }

  /** A file's name survives a loss of power once its folder is on the disk too. */
  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** A session has a jar no more. */
  public void release(SessionJar jar) {
    holders.computeIfPresent(
        jar.digest(),
        (same, names) -> {
          if (names.remove(jar.name()) && !names.contains(jar.name())) {
            deleteWithFolder(file(jar));
            room.giveBack(jar.bytes());
          }
          return names.isEmpty() ? null : names;
        });
  }

  private static void deleteWithFolder(Path file) {
    try {
      Files.deleteIfExists(file);
      Files.deleteIfExists(file.getParent());
    } catch (DirectoryNotEmptyException e) {
      // A jar with the same bytes has another name.
    } catch (IOException e) {
      LOG.warn("{} cannot be deleted", file, e);
    }
  }

  /** Deletes a folder and what is in it, if it is there. */
  static void deleteAll(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
