package dev.graft.gateway.session;

import dev.graft.gateway.access.Caller;
import dev.graft.gateway.proxy.CallTap;
import dev.graft.gateway.store.Upload;
import dev.graft.registry.descriptor.FieldNumbers;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.session.SessionKey;
import dev.graft.registry.wire.Slice;
import dev.graft.registry.wire.WireCursor;
import dev.graft.registry.wire.WireException;
import io.grpc.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the jars of one upload, which passes as it is. They are the session's once the backend has
 * taken the upload; of one that fails nothing is left. What is malformed is left to the backend to
 * refuse; a jar that is not used although the backend has taken it is refused at the call's end.
 */
final class UploadTap implements CallTap {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft.sessions");
  private static final String METHOD = "spark.connect.SparkConnectService/AddArtifacts";

  /** The name of a jar as clients send it; anything else is no jar of a session. */
  private static final Pattern JAR = Pattern.compile("jars/([A-Za-z0-9_.+ -]{1,200}\\.jar)");

  /** A client may send one as long as a message, of which nothing is to be copied. */
  private static final int MOST_OF_NAME = 1_000;

  private final SessionJars jars;
  private final String credentials;
  private final List<Upload> whole = new ArrayList<>();
  private @Nullable SessionKey key;
  private @Nullable Upload open;
  private @Nullable GraftException refusal;
  private final @Nullable KeptBack keptBack;
  private boolean broken;

  /**
   * The tap of the call whose context is the current one.
   *
   * @param keepsBack whether the backend gets no jars
   */
  UploadTap(SessionJars jars, String credentials, boolean keepsBack) {
    this.keptBack = keepsBack ? KeptBack.ofCall() : null;
    this.jars = jars;
    this.credentials = credentials;
  }

  @Override
  public Optional<Executor> executor() {
    return Optional.of(jars.threads());
  }

  @Override
  public synchronized List<byte[]> request(byte[] message) {
    look(message);
    try {
      return keptBack == null ? List.of(message) : keptBack.request(message);
    } catch (WireException e) {
      return List.of(message); // as the client has sent it, for the backend to refuse
    }
  }

  /** The backend answers when it has taken all; the client is told when the gateway has, too. */
  @Override
  public synchronized byte[] response(byte[] message) {
    byte[] told = keptBack == null ? message : keptBack.response(message, this::isWhole);
    addAll();
    return told;
  }

  private boolean isWhole(String name) {
    return whole.stream().anyMatch(upload -> name.endsWith("/" + nameOf(upload)));
  }

  private void look(byte[] message) {
    if (broken) {
      return;
    }
    try {
      read(message);
    } catch (WireException e) {
      giveUp(); // the backend refuses it
    } catch (IOException e) {
      refuse(SessionJars.noRoom(open == null ? "A jar" : nameOf(open), e));
      giveUp();
    }
  }

  private void read(byte[] message) throws IOException {
    if (key == null) {
      Caller caller = Caller.read(METHOD, message);
      key = new SessionKey(caller.user(), caller.session(), credentials);
    }
    WireCursor request = new WireCursor(Slice.of(message));
    while (request.nextField()) {
      if (request.isContent(FieldNumbers.ARTIFACTS_BATCH)) {
        batch(new WireCursor(request.content()));
      } else if (request.isContent(FieldNumbers.ARTIFACTS_BEGIN)) {
        begin(new WireCursor(request.content()));
      } else if (request.isContent(FieldNumbers.ARTIFACTS_CHUNK)) {
        chunk(request.content());
      } else {
        request.skip();
      }
    }
  }

  private void batch(WireCursor batch) throws IOException {
    while (batch.nextField()) {
      if (batch.isContent(FieldNumbers.BATCH_ARTIFACT)) {
        WireCursor artifact = new WireCursor(batch.content());
        String name = "";
        Slice data = Slice.of(new byte[0]);
        while (artifact.nextField()) {
          if (artifact.isContent(FieldNumbers.ARTIFACT_NAME)) {
            name = text(artifact.content());
          } else if (artifact.isContent(FieldNumbers.ARTIFACT_DATA)) {
            data = artifact.content();
          } else {
            artifact.skip();
          }
        }
        open(name, 1, -1);
        chunk(data);
      } else {
        batch.skip();
      }
    }
  }

  private void begin(WireCursor begun) throws IOException {
    String name = "";
    long bytes = 0;
    long chunks = 0;
    Slice data = Slice.of(new byte[0]);
    while (begun.nextField()) {
      if (begun.isContent(FieldNumbers.ARTIFACT_NAME)) {
        name = text(begun.content());
      } else if (begun.fieldNumber() == FieldNumbers.BEGIN_BYTES) {
        bytes = begun.varint();
      } else if (begun.fieldNumber() == FieldNumbers.BEGIN_CHUNKS) {
        chunks = begun.varint();
      } else if (begun.isContent(FieldNumbers.BEGIN_DATA)) {
        data = begun.content();
      } else {
        begun.skip();
      }
    }
    open(name, chunks, bytes);
    chunk(data);
  }

  private void open(String name, long chunks, long bytes) throws IOException {
    dropOpen(); // what has been cut short
    Matcher jar = JAR.matcher(name);
    if (jar.matches()) {
      open = jars.begin(jar.group(1), chunks, bytes);
    }
  }

  private void chunk(Slice chunk) throws IOException {
    Upload upload = open;
    if (upload == null) {
      return;
    }
    WireCursor read = new WireCursor(chunk);
    Slice data = Slice.of(new byte[0]);
    long crc = 0;
    while (read.nextField()) {
      if (read.isContent(FieldNumbers.CHUNK_DATA)) {
        data = read.content();
      } else if (read.fieldNumber() == FieldNumbers.CHUNK_CRC) {
        crc = read.varint();
      } else {
        read.skip();
      }
    }
    switch (upload.add(data, crc)) {
      case MORE -> {}
      case WHOLE -> {
        whole.add(upload);
        open = null;
      }
      case TOO_LARGE -> {
        refuse(
            new GraftException(
                ErrorCode.GRAFT_JAR_TOO_LARGE,
                nameOf(upload)
                    + " is larger than a jar of a session may be (graft.sessions.jar-bytes)."
                    + " Leave out what the server has, such as Spark."));
        dropOpen();
      }
      case NO_ROOM -> {
        refuse(
            new GraftException(
                ErrorCode.GRAFT_SESSIONS_FULL,
                nameOf(upload)
                    + " is not used: all sessions together have as many bytes of jars as there is"
                    + " room for. End sessions that are done."));
        dropOpen();
      }
      case WRONG -> dropOpen(); // the backend tells its client of it
    }
  }

  /** A name as far as it may be that of a jar: a longer one is none. */
  private static String text(Slice name) {
    return name.length() > MOST_OF_NAME ? "" : name.utf8();
  }

  private static String nameOf(Upload upload) {
    return String.valueOf(upload.file().getFileName());
  }

  private void refuse(GraftException why) {
    LOG.warn("Refused in {}: [{}] {}", key, why.code(), why.text());
    if (refusal == null) {
      refusal = why;
    }
  }

  private void dropOpen() {
    if (open != null) {
      open.drop();
      open = null;
    }
  }

  private void giveUp() {
    broken = true;
    dropOpen();
    whole.forEach(Upload::drop);
    whole.clear();
  }

  @Override
  public synchronized void ended(Status status) {
    if (status.isOk()) {
      addAll(); // of a backend that did not answer
    }
    giveUp();
  }

  private void addAll() {
    SessionKey session = key;
    if (session != null) {
      whole.forEach(upload -> add(session, upload));
      whole.clear();
    }
    GraftException why = refusal;
    refusal = null;
    if (why != null) {
      throw why;
    }
  }

  private void add(SessionKey session, Upload upload) {
    try {
      if (!jars.add(session, upload) && keptBack != null) {
        throw new GraftException(
            ErrorCode.GRAFT_JAR_NOT_TAKEN,
            nameOf(upload)
                + " has no plugins, and the server behind this gateway is given no jars"
                + " (graft.gateway.session-jars).");
      }
    } catch (GraftException e) {
      refuse(e);
    }
  }
}
