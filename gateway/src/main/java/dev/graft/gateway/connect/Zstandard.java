package dev.graft.gateway.connect;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.graft.gateway.memory.Share;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one codec that plans have, by the library that Spark's own servers and JVM clients use: it is
 * the format's reference implementation, and it bounds the window that a frame may ask for (128
 * MiB).
 */
final class Zstandard {
  /**
   * Decompressed data is in memory up to three times: in pieces or whole, lowered, and compressed
   * again.
   */
  static final int COPIES = 3;

  private static final int PIECE = 1 << 20;

  private Zstandard() {}

  /** Thrown for what would take more bytes than allowed. */
  static final class TooLarge extends Exception {
    TooLarge(String size) {
      super(size);
    }
  }

  /**
   * Decompresses frames. Memory grows with what really comes out, never by what a frame claims.
   *
   * @param most how many bytes may come out, below 2,147,483,639
   * @param share takes the memory for what comes out, while it comes out
   * @return empty if the bytes are not whole frames
   * @throws TooLarge with the size in words, if a claim or what comes out is above {@code most}
   */
  static Optional<byte[]> decompress(byte[] frames, int most, Share share) throws TooLarge {
    long claimed = Zstd.getFrameContentSize(frames); // negative where the first frame has no claim
    if (claimed > most) {
      throw new TooLarge("%,d bytes".formatted(claimed));
    }
    List<byte[]> pieces = new ArrayList<>();
    int size = 0;
    try (InputStream in = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(frames))) {
      for (byte[] piece = next(in, size, most); piece.length > 0; piece = next(in, size, most)) {
        share.take((long) COPIES * piece.length);
        size += piece.length;
        pieces.add(piece);
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    if (size > most) {
      throw new TooLarge("more");
    }
    byte[] content = new byte[size];
    ByteBuffer all = ByteBuffer.wrap(content);
    pieces.forEach(all::put);
    return Optional.of(content);
  }

  private static byte[] next(InputStream in, int size, int most) throws IOException {
    return in.readNBytes(Math.min(PIECE, most + 1 - size));
  }

  /** One frame, at zstd's usual level, which PySpark uses too. */
  static byte[] compress(byte[] content) {
    return Zstd.compress(content);
  }
}
