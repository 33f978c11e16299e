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
    /** It is larger than a jar of a session may be, or than what the others leave. */
    TOO_LARGE,
    /** A checksum is wrong, or it is not as large as the client has said. */
    WRONG
  }

  private final Path file;
  private final OutputStream out;
  private final long chunks;
  private final long bytes;
  private final long most;
  private final DiskRoom room;
  private long chunksSoFar;
  private long bytesSoFar;

  /**
   * Begins to write.
   *
   * @param chunks how many pieces there will be
   * @param bytes how large it will be; negative where the client has not said
   * @param most how large it may be
   * @param room what it shares with all others
   */
  Upload(Path file, long chunks, long bytes, long most, DiskRoom room) throws IOException {
    this.file = file;
    this.chunks = chunks;
    this.bytes = bytes;
    this.most = most;
    this.room = room;
    this.out = Files.newOutputStream(file);
  }

  Path file() {
    return file;
  }

  State add(Slice data, long checksum) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(data.bytes(), data.from(), data.length());
    bytesSoFar += data.length();
    chunksSoFar++;
    boolean fits = room.take(data.length());
    if (crc.getValue() != checksum || chunksSoFar > chunks) {
      return State.WRONG;
    }
    if (bytesSoFar > most || !fits) {
      return State.TOO_LARGE;
    }
    out.write(data.bytes(), data.from(), data.length());
    if (chunksSoFar < chunks) {
      return State.MORE;
    }
    out.close();
    return bytes < 0 || bytes == bytesSoFar ? State.WHOLE : State.WRONG;
  }

  /**
   * Takes all of it at once.
   *
   * @return false if there is no room
   */
  boolean fill(byte[] jar) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(jar);
    return add(Slice.of(jar), crc.getValue()) == State.WHOLE;
  }

  /** Leaves nothing of it. */
  void drop() {
    room.giveBack(bytesSoFar);
    bytesSoFar = 0;
    try {
      out.close();
      Files.deleteIfExists(file);
      Files.deleteIfExists(file.getParent());
    } catch (IOException e) {
      LOG.warn("{} cannot be deleted", file, e);
    }
  }
}
