package dev.graft.gateway;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;

/**
 * Messages that say how long they are and end before that. Who sends one waits until it is given
 * up; what there is of it goes out with the next call over the same connection.
 */
final class UnendingMessage implements MethodDescriptor.Marshaller<byte[]> {
  private final int claimed;
  private final CountDownLatch givenUp = new CountDownLatch(1);

  UnendingMessage(int claimed) {
    this.claimed = claimed;
  }

  void giveUp() {
    givenUp.countDown();
  }

  @Override
  public InputStream stream(byte[] beginning) {
    return new Beginning(beginning);
  }

  @Override
  public byte[] parse(InputStream stream) {
    throw new IllegalStateException("There is no response");
  }

  private final class Beginning extends ByteArrayInputStream implements KnownLength, Drainable {
    Beginning(byte[] bytes) {
      super(bytes);
    }

    @Override
    public synchronized int available() {
      return claimed;
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
      target.write(buf);
      try {
        givenUp.await();
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
      throw new IOException("There is no more of it");
    }
  }
}
