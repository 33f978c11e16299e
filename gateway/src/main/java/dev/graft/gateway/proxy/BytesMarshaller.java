package dev.graft.gateway.proxy;

import dev.graft.gateway.memory.CallMemory;
import dev.graft.gateway.memory.CountedBytes;
import dev.graft.gateway.memory.Share;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Messages as bytes, after gRPC's own decompression. */
public final class BytesMarshaller implements MethodDescriptor.Marshaller<byte[]> {
  /** For messages that are not counted. */
  public static final BytesMarshaller INSTANCE = new BytesMarshaller(null);

  /** For received requests, whose decompressed bytes are counted. */
  static final BytesMarshaller REQUESTS = new BytesMarshaller(CallMemory::requests);

  /** For received responses, whose decompressed bytes are counted. */
  static final BytesMarshaller RESPONSES = new BytesMarshaller(CallMemory::responses);

  private final @Nullable Function<CallMemory, Share> counted;

  private BytesMarshaller(@Nullable Function<CallMemory, Share> counted) {
    this.counted = counted;
  }

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
      Optional<CallMemory> call = CallMemory.current();
      return counted == null || call.isEmpty()
          ? stream.readAllBytes()
          : CountedBytes.read(stream, call.get(), counted.apply(call.get()));
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
