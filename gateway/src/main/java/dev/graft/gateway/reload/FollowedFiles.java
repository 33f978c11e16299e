package dev.graft.gateway.reload;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads files, and reads them again when they have changed. Files that belong together are taken
 * together, or not at all: while one of them is missing or broken, what was read before stays in
 * use, and the log says so once.
 *
 * <p>What is compared is content, not times: a file that is swapped by way of a link, as Kubernetes
 * does it, or written twice in a second, is noticed as well.
 *
 * <p>Safe for use by several threads.
 */
public final class FollowedFiles implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FollowedFiles.class);

  /** Far more than a bundle of all public certificate authorities. */
  private static final int MOST_BYTES = 4 << 20;

  /** Takes up what files hold. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Takes up new contents, all of it or nothing.
     *
     * @param contents of the files, in their order
     * @throws IOException if the contents cannot be used, like {@link GeneralSecurityException};
     *     the text of either goes into the log and must hold nothing secret
     */
    void read(List<byte[]> contents) throws IOException, GeneralSecurityException;
  }

  private final Duration interval;
  private final ScheduledExecutorService clock;

  /**
   * Follows nothing yet.
   *
   * @param interval how often files are compared with what was read
   */
  public FollowedFiles(Duration interval) {
    this.interval = interval;
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "graft-reload");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Reads files now, and again whenever one of them has changed.
   *
   * @param what what the files are, for messages: {@code the listener's certificate}
   * @param files taken together
   * @throws GraftException GRAFT_CONFIGURATION_INVALID if they cannot be used now
   */
  public void follow(String what, List<Path> files, Reader reader) {
    Followed followed = new Followed(what, List.copyOf(files), reader);
    followed.readFirst();
    // Nobody needs to cancel it: it ends with the clock.
    ScheduledFuture<?> unused =
        clock.scheduleWithFixedDelay(
            followed::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  /** Files that are taken together. Used by one thread at a time. */
  private static final class Followed {
    private final String what;
    private final List<Path> files;
    private final Reader reader;
    private List<byte[]> seen = List.of();
    private boolean unreadable;

    Followed(String what, List<Path> files, Reader reader) {
      this.what = what;
      this.files = files;
      this.reader = reader;
    }

    void readFirst() {
      try {
        seen = contents();
        reader.read(seen);
      } catch (IOException | GeneralSecurityException | RuntimeException e) {
        throw new GraftException(
            ErrorCode.GRAFT_CONFIGURATION_INVALID,
            "The gateway cannot use " + describe() + ": " + reason(e) + ".",
            e);
      }
    }

    void look() {
      List<byte[]> now;
      try {
        now = contents();
      } catch (IOException e) {
        if (!unreadable) {
          unreadable = true;
          keepWarning(e);
        }
        return;
      }
      unreadable = false;
      if (same(seen, now)) {
        return;
      }
      seen = now;
      try {
        reader.read(now);
        LOG.info("Took up {} anew", describe());
      } catch (IOException | GeneralSecurityException | RuntimeException e) {
        keepWarning(e);
      }
    }

    private void keepWarning(Exception e) {
      LOG.error(
          "{} changed and cannot be used: {}. What was read before stays in use.",
          describe(),
          reason(e));
    }

    private List<byte[]> contents() throws IOException {
      List<byte[]> contents = new ArrayList<>();
      for (Path file : files) {
        try (InputStream stream = Files.newInputStream(file)) {
          byte[] content = stream.readNBytes(MOST_BYTES + 1);
          if (content.length > MOST_BYTES) {
            throw new IOException(file + " is longer than " + MOST_BYTES + " bytes");
          }
          contents.add(content);
        }
      }
      return contents;
    }

    private String describe() {
      return what + " in " + files.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    private static String reason(Exception e) {
      return e instanceof NoSuchFileException missing
          ? "there is no file " + missing.getFile()
          : e instanceof IOException || e.getMessage() == null
              ? e.toString()
              : e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    private static boolean same(List<byte[]> some, List<byte[]> others) {
      return some.size() == others.size()
          && IntStream.range(0, some.size())
              .allMatch(index -> Arrays.equals(some.get(index), others.get(index)));
    }
  }
}
