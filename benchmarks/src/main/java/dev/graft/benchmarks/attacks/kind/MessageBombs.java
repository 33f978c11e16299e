package dev.graft.benchmarks.attacks.kind;

import io.grpc.CallOptions;
import io.grpc.Compressor;
import io.grpc.CompressorRegistry;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * Messages that {@code grpc-encoding} says are compressed, and that become as large as they may.
 */
final class MessageBombs implements Attack {
  private static final int AT_ONCE = 32;
  private static final int BYTES = 120 << 20;
  private static final int PATIENCE_SECONDS = 60;

  private final Client client;

  MessageBombs(Target target) {
    CompressorRegistry.getDefaultInstance().register(new Bomb());
    client = new Client(target.port(), target.token());
  }

  /**
   * A compressor that, under the name of a real one, writes the same bytes whatever it is given.
   */
  private static final class Bomb implements Compressor {
    private final byte[] compressed = zeros();

    private static byte[] zeros() {
      ByteArrayOutputStream compressed = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
        for (int left = BYTES; left > 0; left -= 1 << 20) {
          out.write(new byte[1 << 20]);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return compressed.toByteArray();
    }

    @Override
    public String getMessageEncoding() {
      return "gzip";
    }

    @Override
    public OutputStream compress(OutputStream out) {
      return new FilterOutputStream(out) {
        @Override
        public void write(int dropped) {}

        @Override
        public void write(byte[] dropped, int offset, int length) {}

        @Override
        public void close() throws IOException {
          out.write(compressed);
          super.close();
        }
      };
    }
  }

  @Override
  public void step(Random random) throws InterruptedException {
    List<Client.Call> calls = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      String method = random.nextBoolean() ? Requests.EXECUTE : Requests.ANALYZE;
      calls.add(client.call(method, new byte[1], CallOptions.DEFAULT.withCompression("gzip"), ""));
    }
    for (Client.Call call : calls) {
      call.await(PATIENCE_SECONDS);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
