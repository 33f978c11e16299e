package dev.graft.gateway.session;

import dev.graft.gateway.access.Caller;
import dev.graft.gateway.proxy.CallTap;
import dev.graft.registry.descriptor.FieldNumbers;
import dev.graft.registry.session.SessionKey;
import dev.graft.registry.wire.Slice;
import dev.graft.registry.wire.WireCursor;
import dev.graft.registry.wire.WireException;
import io.grpc.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the jars of one upload, which passes as it is. They are the session's once the backend has
 * taken the upload; of one that fails nothing is left. What is malformed is left to the backend to
 * refuse.
 */
final class UploadTap implements CallTap {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft.sessions");
  private static final String METHOD = "spark.connect.SparkConnectService/AddArtifacts";

  /** The name of a jar as clients send it; anything else is no jar of a session. */
  private static final Pattern JAR = Pattern.compile("jars/([A-Za-z0-9_.+ -]{1,200}\\.jar)");

  private final SessionJars jars;
  private final String credentials;
  private final List<Upload> whole = new ArrayList<>();
  private @Nullable SessionKey key;
  private @Nullable Upload open;
  private boolean broken;

  UploadTap(SessionJars jars, String credentials) {
    this.jars = jars;
    this.credentials = credentials;
  }

  @Override
  public void request(byte[] message) {
    if (broken) {
      return;
    }
    try {
      read(message);
    } catch (WireException e) {
      giveUp(); // the backend refuses it
    } catch (IOException e) {
      LOG.error("The jars of an upload cannot be kept, and the session goes without", e);
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
            name = artifact.content().utf8();
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
        name = begun.content().utf8();
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
    if (open != null) {
      open.drop(); // cut short
      open = null;
    }
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
        LOG.warn(
            "{} of {} is larger than graft.sessions.jar-bytes allows, and not kept",
            upload.file().getFileName(),
            key);
        upload.drop();
        open = null;
      }
      case WRONG -> {
        upload.drop();
        open = null;
      }
    }
  }

  private void giveUp() {
    broken = true;
    ended(Status.CANCELLED);
  }

  @Override
  public void ended(Status status) {
    if (open != null) {
      open.drop();
      open = null;
    }
    SessionKey session = key;
    if (status.isOk() && session != null) {
      whole.forEach(upload -> jars.add(session, upload));
    } else {
      whole.forEach(Upload::drop);
    }
    whole.clear();
  }
}
