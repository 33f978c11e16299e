package dev.graft.benchmarks.gateway;

import dev.graft.gateway.proxy.BytesMarshaller;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * The methods that are called. Their names are Spark Connect's, so that the gateway does with them
 * what it does with a client's: it searches plans for extensions and passes the rest.
 */
final class ByteMethods {
  private static final String SERVICE = "spark.connect.SparkConnectService/";

  /**
   * Answered with as many bytes as it is asked with. A method whose requests the gateway does not
   * read: these are no protobuf messages.
   */
  static final MethodDescriptor<byte[], byte[]> UNARY =
      MethodDescriptor.newBuilder(BytesMarshaller.INSTANCE, BytesMarshaller.INSTANCE)
          .setFullMethodName(SERVICE + "ArtifactStatus")
          .setType(MethodType.UNARY)
          .build();

  /** Answered with a stream; see {@link #streamRequest}. The client only counts what comes. */
  static final MethodDescriptor<byte[], Integer> STREAM =
      MethodDescriptor.newBuilder(BytesMarshaller.INSTANCE, new Length())
          .setFullMethodName(SERVICE + "ExecutePlan")
          .setType(MethodType.SERVER_STREAMING)
          .build();

  /** Answered with the bytes of all streams that the backend has sent so far, as eight bytes. */
  static final MethodDescriptor<byte[], byte[]> SENT =
      MethodDescriptor.newBuilder(BytesMarshaller.INSTANCE, BytesMarshaller.INSTANCE)
          .setFullMethodName(SERVICE + "Sent")
          .setType(MethodType.UNARY)
          .build();

  private ByteMethods() {}

  /** Asks for a stream of messages of one size. */
  static byte[] streamRequest(int messageBytes, int messages) {
    return ByteBuffer.allocate(8).putInt(messageBytes).putInt(messages).array();
  }

  /** Reads a message's length and drops it. */
  private static final class Length implements MethodDescriptor.Marshaller<Integer> {
    @Override
    public InputStream stream(Integer length) {
      return new ByteArrayInputStream(new byte[length]);
    }

    @Override
    public Integer parse(InputStream message) {
      try {
        int length = message.available(); // exact for gRPC's own streams
        message.skipNBytes(length);
        return length;
      } catch (IOException e) {
        throw Status.INTERNAL.withCause(e).asRuntimeException();
      }
    }
  }
}
