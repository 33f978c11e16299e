package dev.graft.gateway.log;

import com.google.gson.stream.JsonWriter;
import dev.graft.gateway.access.Caller;
import dev.graft.gateway.proxy.CallObserver;
import dev.graft.registry.error.ClientText;
import dev.graft.registry.error.ErrorCode;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** What is known of one call, and the line it becomes. Safe for use by several threads. */
final class LoggedCall extends ServerStreamTracer implements CallObserver {
  private static final Context.Key<LoggedCall> KEY = Context.key("graft-logged-call");
  private static final Pattern CODE = Pattern.compile("\\[(GRAFT_[A-Z_]+)]");
  private static final Set<String> CODES =
      Arrays.stream(ErrorCode.values())
          .map(ErrorCode::name)
          .collect(Collectors.toUnmodifiableSet());

  private final Logger log;
  private final String method;
  private final Instant time = Instant.now();
  private final long begunNanos = System.nanoTime();
  private final AtomicLong firstNanos = new AtomicLong();
  private final AtomicLong bytesIn = new AtomicLong();
  private final AtomicLong bytesOut = new AtomicLong();
  private final AtomicInteger messagesOut = new AtomicInteger();
  private volatile @Nullable SocketAddress peer;
  private volatile Caller caller = Caller.UNKNOWN;
  private volatile boolean rewritten;

  LoggedCall(Logger log, String method) {
    this.log = log;
    this.method = method;
  }

  /** The record of the call whose context is the current one; null outside of logged calls. */
  static @Nullable LoggedCall current() {
    return KEY.get();
  }

  /** The first request has come. */
  void request(byte[] request) {
    caller = Caller.read(method, request);
  }

  @Override
  public Context filterContext(Context context) {
    return context.withValues(KEY, this, CallObserver.KEY, this);
  }

  @Override
  public void serverCallStarted(ServerCallInfo<?, ?> call) {
    peer = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
  }

  @Override
  public void rewritten() {
    rewritten = true;
  }

  @Override
  public void inboundWireSize(long bytes) {
    bytesIn.addAndGet(bytes);
  }

  @Override
  public void outboundWireSize(long bytes) {
    bytesOut.addAndGet(bytes);
  }

  @Override
  public void outboundMessage(int sequence) {
    if (messagesOut.getAndIncrement() == 0) {
      firstNanos.set(System.nanoTime());
    }
  }

  @Override
  public void streamClosed(Status status) {
    log.info("{}", line(status));
  }

  private String line(Status status) {
    StringWriter text = new StringWriter(400);
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      json.name("time").value(time.toString());
      json.name("method").value(ClientText.quote(method));
      json.name("peer").value(address(peer));
      named(json, "user", caller.user());
      named(json, "session", caller.session());
      named(json, "operation", caller.operation());
      json.name("status").value(status.getCode().name());
      named(json, "error", graftCode(status));
      if (messagesOut.get() > 0) {
        json.name("firstMillis").value(millis(firstNanos.get()));
      }
      json.name("millis").value(millis(System.nanoTime()));
      json.name("bytesIn").value(bytesIn.get());
      json.name("bytesOut").value(bytesOut.get());
      json.name("messagesOut").value(messagesOut.get());
      json.name("rewritten").value(rewritten);
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing is written to but memory
    }
    return text.toString();
  }

  private static void named(JsonWriter json, String name, String value) throws IOException {
    if (!value.isEmpty()) {
      json.name(name).value(value);
    }
  }

  private static String address(@Nullable SocketAddress peer) {
    return peer instanceof InetSocketAddress internet && internet.getAddress() != null
        ? internet.getAddress().getHostAddress() + ":" + internet.getPort()
        : "";
  }

  /** The code alone: the text of a refusal may repeat what a plan holds. */
  private static String graftCode(Status status) {
    String description = status.getDescription();
    if (description == null) {
      return "";
    }
    Matcher code = CODE.matcher(description);
    return code.lookingAt() && CODES.contains(code.group(1)) ? code.group(1) : "";
  }

  /** Milliseconds since the call began, to three decimals. */
  private double millis(long atNanos) {
    return TimeUnit.NANOSECONDS.toMicros(atNanos - begunNanos) / 1_000.0;
  }
}
