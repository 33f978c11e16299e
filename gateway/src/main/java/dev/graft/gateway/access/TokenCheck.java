package dev.graft.gateway.access;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.health.v1.HealthGrpc;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Refuses calls without a known bearer token, before their message is received. What passes has no
 * {@code authorization} any more, so that the backend never sees clients' tokens.
 *
 * <p>The methods of {@code grpc.health.v1.Health} need none: programs that ask for a server's
 * health often cannot send one, and the answer tells little. Safe for use by several threads.
 */
public final class TokenCheck implements ServerInterceptor {
  static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final String SCHEME = "Bearer ";

  // By method, not by service: a method of the health service that the gateway does not have would
  // be passed on to the backend.
  private static final Set<String> OPEN =
      HealthGrpc.getServiceDescriptor().getMethods().stream()
          .map(MethodDescriptor::getFullMethodName)
          .collect(Collectors.toUnmodifiableSet());

  private final BearerTokens tokens;

  /** Lets in who has one of these tokens. */
  public TokenCheck(BearerTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    if (!OPEN.contains(call.getMethodDescriptor().getFullMethodName())) {
      String token = bearer(headers);
      if (token == null) {
        return refuse(
            call, "The gateway wants a bearer token: connect to sc://HOST:PORT/;token=TOKEN.");
      }
      if (!tokens.accept(token)) {
        return refuse(
            call, "The gateway does not know this bearer token. Ask its operator for a valid one.");
      }
    }
    headers.discardAll(AUTHORIZATION);
    return next.startCall(call, headers);
  }

  /** The token; null where there is none, or more than one header that may hold one. */
  private static @Nullable String bearer(Metadata headers) {
    Iterable<String> values = headers.getAll(AUTHORIZATION);
    if (values == null) {
      return null;
    }
    Iterator<String> each = values.iterator();
    String value = each.next();
    if (each.hasNext() || !value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return null;
    }
    return value.substring(SCHEME.length()).strip();
  }

  private static <Q, S> ServerCall.Listener<Q> refuse(ServerCall<Q, S> call, String why) {
    call.close(Status.UNAUTHENTICATED.withDescription(why), new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
