package dev.graft.gateway.session;

import dev.graft.registry.wire.Slice;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A jar that a client uploads, as far as it has come. Used by one thread at a time. */
final class Upload {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft.sessions");

  /** What an upload is after a piece of it. */
  enum State {
    /** More pieces are to come. */
    MORE,
    /** All of it is there. */
    WHOLE,
    /** It is larger than a jar of a session may be. */
    TOO_LARGE,
    /** A checksum is wrong, or it is not as large as the client has said. */
    WRONG
  }

  private final Path file;
  private final OutputStream out;
  private final long chunks;
  private final long bytes;
  private final long most;
  private long chunksSoFar;
  private long bytesSoFar;

  /**
   * Begins to write.
   *
   * @param chunks how many pieces there will be
   * @param bytes how large it will be; negative where the client has not said
   * @param most how large it may be
   */
  Upload(Path file, long chunks, long bytes, long most) throws IOException {
    this.file = file;
    this.chunks = chunks;
    this.bytes = bytes;
    this.most = most;
    this.out = Files.newOutputStream(file);
  }

  Path file() {
    return file;
  }

  long size() {
    return bytesSoFar;
  }

  State add(Slice data, long checksum) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(data.bytes(), data.from(), data.length());
    bytesSoFar += data.length();
    chunksSoFar++;
    if (crc.getValue() != checksum || chunksSoFar > chunks) {
      return State.WRONG;
    }
    if (bytesSoFar > most) {
      return State.TOO_LARGE;
    }
    out.write(data.bytes(), data.from(), data.length());
    if (chunksSoFar < chunks) {
      return State.MORE;
    }
    out.close();
    return bytes < 0 || bytes == bytesSoFar ? State.WHOLE : State.WRONG;
  }

  /** Leaves nothing of it. */
  void drop() {
    try {
      out.close();
      Files.deleteIfExists(file);
      Files.deleteIfExists(file.getParent());
    } catch (IOException e) {
      LOG.warn("{} cannot be deleted", file, e);
    }
  }
}
