package dev.graft.registry.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** Requests as bytes, since clients of HTTP don't send what they should not. */
final class RawHttp {
  private RawHttp() {}

  /** A connection on which one byte of a request has been sent. */
  static Socket begun(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(30_000);
    socket.getOutputStream().write('G');
    socket.getOutputStream().flush();
    return socket;
  }

  /**
   * Sends a request without a body.
   *
   * @param request its lines; the host's is added where there is none
   * @return all that comes back, until the connection is closed
   */
  static String send(int port, String... request) throws IOException {
    String text = String.join("\r\n", request);
    if (!text.contains("\r\nHost:")) {
      text += "\r\nHost: 127.0.0.1:" + port;
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write((text + "\r\n\r\n").getBytes(UTF_8));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
