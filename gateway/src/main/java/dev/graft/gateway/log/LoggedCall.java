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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one call: it is counted, listed where it was refused, and logged where calls
 * are. Safe for use by several threads.
 */
final class LoggedCall extends ServerStreamTracer implements CallObserver {
  private static final Context.Key<LoggedCall> KEY = Context.key("graft-logged-call");
  private static final Pattern CODE = Pattern.compile("\\[(GRAFT_[A-Z_]+)]");
  private static final Map<String, ErrorCode> CODES =
      Arrays.stream(ErrorCode.values())
          .collect(Collectors.toUnmodifiableMap(ErrorCode::name, code -> code));

  private final CallRecords records;
  private final String method;
  private final Instant time;
  private final long begunNanos = System.nanoTime();
  private final AtomicLong firstNanos = new AtomicLong();
  private final AtomicLong bytesIn = new AtomicLong();
  private final AtomicLong bytesOut = new AtomicLong();
  private final AtomicInteger messagesOut = new AtomicInteger();
  private volatile @Nullable SocketAddress peer;
  private volatile Caller caller = Caller.UNKNOWN;
  private volatile boolean rewritten;

  LoggedCall(CallRecords records, String method) {
    this.records = records;
    this.method = method;
    this.time = records.areLogged() ? Instant.now() : Instant.EPOCH;
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
    Optional<ErrorCode> code = graftCode(status);
    records.ended(
        method,
        status,
        System.nanoTime() - begunNanos,
        bytesIn.get(),
        bytesOut.get(),
        code,
        caller);
    if (records.areLogged()) {
      records.log(line(status, code));
    }
  }

  // An Optional, since it is asked for once and used twice.
  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  private String line(Status status, Optional<ErrorCode> code) {
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
      named(json, "error", code.map(ErrorCode::name).orElse(""));
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
  private static Optional<ErrorCode> graftCode(Status status) {
    String description = status.getDescription();
    if (description == null) {
      return Optional.empty();
    }
    Matcher code = CODE.matcher(description);
    return code.lookingAt() ? Optional.ofNullable(CODES.get(code.group(1))) : Optional.empty();
  }

  /** Milliseconds since the call began, to three decimals. */
  private double millis(long atNanos) {
    return TimeUnit.NANOSECONDS.toMicros(atNanos - begunNanos) / 1_000.0;
  }
}
