package dev.graft.gateway.proxy;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Messages as they are on the wire. */
public final class BytesMarshaller implements MethodDescriptor.Marshaller<byte[]> {
  /** The only one that is needed. */
  public static final BytesMarshaller INSTANCE = new BytesMarshaller();

  private BytesMarshaller() {}

  @Override
  public InputStream stream(byte[] message) {
    return new MessageStream(message);
  }

  @Override
  public byte[] parse(InputStream stream) {
    try {
      if (stream instanceof KnownLength) {
        byte[] message = new byte[stream.available()];
        int length = stream.readNBytes(message, 0, message.length);
        if (length == message.length) {
          return message;
        }
        throw new IOException("A message of " + message.length + " bytes ended after " + length);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw Status.INTERNAL
          .withDescription("A message cannot be read")
          .withCause(e)
          .asRuntimeException();
    }
  }

  /** Tells gRPC its length and writes itself in one piece, which saves gRPC a buffer between. */
  private static final class MessageStream extends ByteArrayInputStream
      implements KnownLength, Drainable {
    MessageStream(byte[] message) {
      super(message);
    }

    @Override
    public synchronized int drainTo(OutputStream target) throws IOException {
      int length = count - pos;
      target.write(buf, pos, length);
      pos = count;
      return length;
    }
  }
}
