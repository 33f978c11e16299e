package dev.graft.gateway.session;

import dev.graft.gateway.access.Caller;
import dev.graft.gateway.proxy.CallTap;
import dev.graft.registry.Registry;
import dev.graft.registry.Snapshot;
import dev.graft.registry.descriptor.FieldNumbers;
import dev.graft.registry.session.JarContents;
import dev.graft.registry.session.SessionKey;
import dev.graft.registry.session.SessionPlugins;
import dev.graft.registry.settings.SessionSettings;
import dev.graft.registry.wire.WireException;
import dev.graft.registry.wire.WireMessage;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jars that clients have added to their sessions through this gateway, and the plugins in them.
 * A session ends when its client releases it, and else when nothing was heard of it for a while:
 * the backend tells nobody when it ends one. Safe for use by several threads.
 */
public final class SessionJars implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft.sessions");

  /** The files of a session, and when it was heard of last. */
  private static final class Jars {
    private final List<Upload> uploads = new CopyOnWriteArrayList<>();
    private volatile long heard = System.nanoTime();

    List<Path> files() {
      heard = System.nanoTime();
      return uploads.stream().map(Upload::file).toList();
    }
  }

  private final SessionPlugins plugins;
  private final SessionSettings settings;
  private final Duration idle;
  private final Map<SessionKey, Jars> sessions = new ConcurrentHashMap<>();
  private final AtomicLong uploads = new AtomicLong();
  private final DiskRoom room;
  private final @Nullable ScheduledExecutorService clock;
  private @Nullable Path folder;

  /**
   * None yet.
   *
   * @throws dev.graft.registry.error.GraftException as {@link SessionPlugins} does
   */
  public SessionJars(Registry registry) {
    this.plugins = new SessionPlugins(registry);
    this.settings = registry.current().configuration().sessions();
    this.idle = settings.idle();
    this.room = new DiskRoom(settings.allBytes());
    this.clock = settings.on() ? clock() : null;
  }

  private ScheduledExecutorService clock() {
    ScheduledExecutorService made =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "graft-sessions");
              thread.setDaemon(true);
              return thread;
            });
    long often = Math.max(1, idle.toMillis() / 10);
    ScheduledFuture<?> unused =
        made.scheduleWithFixedDelay(this::endIdle, often, often, TimeUnit.MILLISECONDS);
    return made;
  }

  private void endIdle() {
    long now = System.nanoTime();
    sessions.forEach(
        (key, jars) -> {
          if (now - jars.heard > idle.toNanos()) {
            end(key);
          }
        });
  }

  /** The snapshot that a request of a session begins with. */
  public Snapshot snapshot(Supplier<SessionKey> whose) {
    return plugins.of(
        whose,
        () -> {
          Jars jars = sessions.get(whose.get());
          return jars == null ? List.of() : jars.files();
        });
  }

  /** Whether jars are kept at all. */
  public boolean on() {
    return settings.on();
  }

  /** What looks at an upload of artifacts. */
  public CallTap upload(String credentials) {
    return new UploadTap(this, credentials);
  }

  /** What looks at the end of a session. */
  public CallTap release(String credentials) {
    return new OfSession("ReleaseSession", credentials) {
      @Override
      void done(SessionKey key, byte[] response) {
        end(key);
      }
    };
  }

  /** What looks at a session that becomes two. */
  public CallTap clone(String credentials) {
    return new OfSession("CloneSession", credentials) {
      @Override
      void done(SessionKey key, byte[] response) {
        String session = new WireMessage(response).text(FieldNumbers.CLONED_NEW_SESSION_ID);
        copy(key, new SessionKey(key.user(), session, key.credentials()));
      }
    };
  }

  /** Begins to write a jar. */
  Upload begin(String name, long chunks, long size) throws IOException {
    Path own = Files.createDirectory(folder().resolve(Long.toString(uploads.incrementAndGet())));
    return new Upload(own.resolve(name), chunks, size, settings.jarBytes(), room);
  }

  private synchronized Path folder() throws IOException {
    if (folder == null) {
      folder = Files.createTempDirectory("graft-uploads-");
    }
    return folder;
  }

  /** Where files are kept: uploads, and the copies of them that are used. */
  public synchronized List<Path> folders() {
    return Stream.of(Optional.ofNullable(folder), plugins.folder())
        .flatMap(Optional::stream)
        .toList();
  }

  /** A jar has been taken by the backend. */
  void add(SessionKey key, Upload upload) {
    if (!JarContents.hasPlugins(upload.file())) {
      upload.drop();
      return;
    }
    sessions.computeIfAbsent(key, each -> new Jars()).uploads.add(upload);
  }

  private void copy(SessionKey from, SessionKey to) {
    Jars jars = sessions.get(from);
    if (jars == null) {
      return;
    }
    for (Upload upload : jars.uploads) {
      try {
        Upload copy = begin(String.valueOf(upload.file().getFileName()), 1, -1);
        if (copy.fill(Files.readAllBytes(upload.file()))) {
          add(to, copy);
        } else {
          copy.drop();
        }
      } catch (IOException e) {
        LOG.error(
            "{} cannot be kept for {}, which goes without", upload.file().getFileName(), to, e);
      }
    }
  }

  private void end(SessionKey key) {
    Jars jars = sessions.remove(key);
    if (jars != null) {
      jars.uploads.forEach(Upload::drop);
    }
    plugins.end(key);
  }

  @Override
  public void close() {
    if (clock != null) {
      clock.shutdownNow();
    }
    sessions.keySet().forEach(this::end);
    plugins.close();
  }

  /** Waits for the success of a call with one request and one response. */
  private abstract static class OfSession implements CallTap {
    private final String method;
    private final String credentials;
    private @Nullable SessionKey key;
    private byte[] response = {};

    OfSession(String method, String credentials) {
      this.method = "spark.connect.SparkConnectService/" + method;
      this.credentials = credentials;
    }

    abstract void done(SessionKey whose, byte[] told);

    @Override
    public void request(byte[] message) {
      Caller caller = Caller.read(method, message);
      key = new SessionKey(caller.user(), caller.session(), credentials);
    }

    @Override
    public void response(byte[] message) {
      response = message;
    }

    @Override
    public void ended(Status status) {
      if (status.isOk() && key != null) {
        try {
          done(key, response);
        } catch (WireException e) {
          // The backend has told nothing that could be read.
        }
      }
    }
  }
}
