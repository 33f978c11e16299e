package dev.graft.gateway.store;

import dev.graft.registry.wire.Slice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A jar that a client uploads, as far as it has come. Used by one thread at a time. */
public final class Upload {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft.sessions");

  /** What an upload is after a piece of it. */
  public enum State {
    /** More pieces are to come. */
    MORE,
    /** All of it is there, and on the disk. */
    WHOLE,
    /** It is larger than a jar of a session may be. */
    TOO_LARGE,
    /** The others leave no room for it. */
    NO_ROOM,
    /** A checksum is wrong, or it is not as large as the client has said. */
    WRONG
  }

  /** What is written is copied to direct memory first, which the JDK keeps for each thread. */
  private static final int MOST_AT_ONCE = 64 << 10;

  private final Path file;
  private final FileChannel out;
  private final MessageDigest digest = JarFiles.sha256();
  private final long chunks;
  private final long bytes;
  private final long most;
  private final DiskRoom room;
  private long chunksSoFar;
  private long bytesSoFar;

  /**
   * Begins to write.
   *
   * @param file its name is the jar's, and its folder is of this upload alone
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
    this.out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Where it is written. */
  public Path file() {
    return file;
  }

  /** What it is, once it is whole. */
  public SessionJar jar() {
    return new SessionJar(
        String.valueOf(file.getFileName()), HexFormat.of().formatHex(digest.digest()), bytesSoFar);
  }

  /** Takes the next piece. */
  public State add(Slice data, long checksum) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(data.bytes(), data.from(), data.length());
    bytesSoFar += data.length();
    chunksSoFar++;
    boolean fits = room.take(data.length());
    if (crc.getValue() != checksum || chunksSoFar > chunks) {
      return State.WRONG;
    }
    if (bytesSoFar > most) {
      return State.TOO_LARGE;
    }
    if (!fits) {
      return State.NO_ROOM;
    }
    digest.update(data.bytes(), data.from(), data.length());
    for (int from = data.from(); from < data.to(); ) {
      int length = Math.min(MOST_AT_ONCE, data.to() - from);
      from += out.write(ByteBuffer.wrap(data.bytes(), from, length));
    }
    if (chunksSoFar < chunks) {
      return State.MORE;
    }
    out.force(true);
    out.close();
    return bytes < 0 || bytes == bytesSoFar ? State.WHOLE : State.WRONG;
  }

  /** Leaves nothing of it. */
  public void drop() {
    room.giveBack(bytesSoFar);
    bytesSoFar = 0;
    try {
      out.close();
      Files.deleteIfExists(file);
      Files.deleteIfExists(file.getParent());
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("{} cannot be deleted", file, e);
    }
  }
}
