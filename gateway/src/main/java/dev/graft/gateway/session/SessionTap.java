package dev.graft.gateway.session;

import dev.graft.gateway.access.Caller;
import dev.graft.gateway.proxy.CallTap;
import dev.graft.registry.session.SessionKey;
import io.grpc.Status;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Waits for the success of a call with one request and one response. */
final class SessionTap implements CallTap {
  private final String method;
  private final String credentials;
  private final Executor executor;
  private final BiConsumer<SessionKey, byte[]> done;
  private @Nullable SessionKey key;
  private byte[] response = {};

  /**
   * A tap.
   *
   * @param method its name, without that of its service
   * @param executor who calls it
   * @param done is told whose session it was, and the response
   */
  SessionTap(
      String method, String credentials, Executor executor, BiConsumer<SessionKey, byte[]> done) {
    this.method = "spark.connect.SparkConnectService/" + method;
    this.credentials = credentials;
    this.executor = executor;
    this.done = done;
  }

  @Override
  public Optional<Executor> executor() {
    return Optional.of(executor);
  }

  @Override
  public synchronized List<byte[]> request(byte[] message) {
    Caller caller = Caller.read(method, message);
    key = new SessionKey(caller.user(), caller.session(), credentials);
    return List.of(message);
  }

  @Override
  public synchronized byte[] response(byte[] message) {
    response = message;
    return message;
  }

  @Override
  public synchronized void ended(Status status) {
    if (status.isOk() && key != null) {
      done.accept(key, response);
    }
  }
}
