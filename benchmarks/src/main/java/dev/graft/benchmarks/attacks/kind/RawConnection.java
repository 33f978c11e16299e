package dev.graft.benchmarks.attacks.kind;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A connection of HTTP/2 that keeps no rules (RFC 9113): frames as one likes, whatever the other
 * side says. Used by one thread.
 */
final class RawConnection implements Closeable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int CONTINUATION = 9;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;

  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int FRAME_HEAD = 9;
  private static final int TIMEOUT_MILLIS = 10_000;

  /**
   * Another address than the neighbour's, since the gateway's limits for an address hold for all
   * its connections. On systems whose loopback network has one address only, give it another:
   * {@code ifconfig lo0 alias 127.0.0.2} on macOS.
   */
  private static final String FROM = "127.0.0.2";

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private int lastStream = -1;

  private RawConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.out = new BufferedOutputStream(socket.getOutputStream(), 64 << 10);
  }

  /** A connection that has said nothing yet. */
  static RawConnection silent(int port) throws IOException {
    Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(FROM), 0);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return new RawConnection(socket);
  }

  /** A connection that has begun as clients do. */
  static RawConnection open(int port) throws IOException {
    RawConnection connection = silent(port);
    connection.out.write(PREFACE);
    connection.frame(SETTINGS, 0, 0, new byte[0]);
    connection.flush();
    return connection;
  }

  /** Sends the first bytes of a client's preface. */
  void beginning(int bytes) throws IOException {
    out.write(PREFACE, 0, Math.min(bytes, PREFACE.length));
    flush();
  }

  /** The next number of a stream. */
  int nextStream() {
    lastStream += 2;
    return lastStream;
  }

  /** A frame; it is sent with the next {@link #flush}. */
  void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    head(type, flags, stream, payload.length);
    out.write(payload);
  }

  /** The head of a frame, whose payload may not come. */
  void head(int type, int flags, int stream, int length) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(FRAME_HEAD);
    head.putInt(length << 8 | type).put((byte) flags).putInt(stream);
    out.write(head.array());
  }

  /** Bytes as they are. */
  void bytes(byte[] content) throws IOException {
    out.write(content);
  }

  /**
   * Begins a call of a method.
   *
   * @param more names and values of further headers
   * @return its stream
   */
  int call(String method, String... more) throws IOException {
    int stream = nextStream();
    frame(HEADERS, END_HEADERS, stream, headers(method, more));
    return stream;
  }

  /** The headers of a call: literals without an index (RFC 7541, 6.2.2). */
  static byte[] headers(String method, String... more) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    literals(
        block,
        ":method",
        "POST",
        ":scheme",
        "http",
        ":path",
        "/" + method,
        ":authority",
        "127.0.0.1",
        "content-type",
        "application/grpc",
        "te",
        "trailers");
    literals(block, more);
    return block.toByteArray();
  }

  private static void literals(ByteArrayOutputStream block, String... namesAndValues) {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      block.write(0);
      text(block, namesAndValues[i]);
      text(block, namesAndValues[i + 1]);
    }
  }

  private static void text(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length > 126) {
      throw new IllegalArgumentException(text);
    }
    block.write(bytes.length);
    block.writeBytes(bytes);
  }

  /** A message as gRPC puts it into frames of data, or the beginning of one. */
  static byte[] message(int claimed, byte[] content) {
    return ByteBuffer.allocate(5 + content.length)
        .put((byte) 0)
        .putInt(claimed)
        .put(content)
        .array();
  }

  /** Sends what has been written, and drops what has come. */
  void flush() throws IOException {
    out.flush();
    while (in.available() > 0) {
      in.skipNBytes(in.available());
    }
  }

  /** Closes the sending side; the other side may go on. */
  void endOutput() throws IOException {
    out.flush();
    socket.shutdownOutput();
  }

  /** Ends it with a reset. */
  void cut() throws IOException {
    out.flush();
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is as good as closed.
    }
  }
}
