"""A TCP relay that cuts connections where a test wants it."""

import contextlib
import socket
import struct
import threading

FRAME_HEADER = 9
DATA = 0


class Relay:
    """Passes bytes on between a gRPC client and a server on this machine, until it is told to cut.

    It reads no more than the headers of the server's HTTP/2 frames, to know answers from what the
    connection itself needs.
    """

    def __init__(self, port):
        self._server = ("127.0.0.1", port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._lock = threading.Lock()
        self._connections = []
        self._left = None
        self.cuts = 0
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self):
        return f"sc://127.0.0.1:{self._listening.getsockname()[1]}"

    def cut_after(self, answered_bytes):
        """Cut all connections, once, before an answer goes beyond this many bytes from now on."""
        with self._lock:
            self._left = answered_bytes

    def close(self):
        self._listening.close()
        self._cut()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.create_connection(self._server)
                with self._lock:
                    self._connections += [client, server]
                threading.Thread(target=self._pass, args=(client, server), daemon=True).start()
                threading.Thread(target=self._answer, args=(server, client), daemon=True).start()

    def _pass(self, source, target):
        with contextlib.suppress(OSError):
            while data := source.recv(1 << 16):
                target.sendall(data)
        self._end(source, target)

    def _answer(self, server, client):
        header = b""
        payload = 0  # of the frame that the bytes before were in
        with contextlib.suppress(OSError):
            while data := server.recv(1 << 16):
                at = 0
                while at < len(data):
                    if payload:
                        step = min(payload, len(data) - at)
                        payload -= step
                        at += step
                        continue
                    step = min(FRAME_HEADER - len(header), len(data) - at)
                    header += data[at : at + step]
                    at += step
                    if len(header) == FRAME_HEADER:
                        payload = int.from_bytes(header[:3], "big")
                        is_data = header[3] == DATA
                        header = b""
                        if is_data and self._is_beyond(payload):
                            self._cut()
                            return
                client.sendall(data)
        self._end(server, client)

    def _is_beyond(self, size):
        with self._lock:
            if self._left is None:
                return False
            self._left -= size
            if self._left >= 0:
                return False
            self._left = None
            self.cuts += 1
            return True

    def _cut(self):
        with self._lock:
            connections, self._connections = self._connections, []
        for connection in connections:
            with contextlib.suppress(OSError):
                # Without lingering it is a reset, as when a machine on the way fails.
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                connection.shutdown(socket.SHUT_RD)  # wakes the thread that reads it
            connection.close()

    @staticmethod
    def _end(*connections):
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
