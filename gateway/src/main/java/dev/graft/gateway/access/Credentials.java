package dev.graft.gateway.access;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What a call shows to prove who its client is, as a digest: its {@code authorization} headers and
 * the name in its certificate. It is noted before the token check removes the headers. Safe for use
 * by several threads.
 */
public final class Credentials implements ServerInterceptor {
  private static final Context.Key<String> KEY = Context.key("graft-credentials");

  private final Set<String> methods;

  /**
   * Notes credentials.
   *
   * @param methods the full names of the methods whose calls are noted
   */
  public Credentials(Set<String> methods) {
    this.methods = Set.copyOf(methods);
  }

  /** The credentials of the call whose context is the current one; empty where none were noted. */
  public static String ofCall() {
    String digest = KEY.get();
    return digest == null ? "" : digest;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    if (!methods.contains(call.getMethodDescriptor().getFullMethodName())) {
      return next.startCall(call, headers);
    }
    String shown = digest(headers, call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
    return Contexts.interceptCall(Context.current().withValue(KEY, shown), call, headers, next);
  }

  private static String digest(Metadata headers, @Nullable SSLSession session) {
    MessageDigest digest = sha256();
    Iterable<String> values = headers.getAll(TokenCheck.AUTHORIZATION);
    if (values != null) {
      values.forEach(value -> digest.update((value + '\n').getBytes(StandardCharsets.UTF_8)));
    }
    if (session != null) {
      try {
        digest.update(session.getPeerPrincipal().getName().getBytes(StandardCharsets.UTF_8));
      } catch (SSLPeerUnverifiedException e) {
        // The client has shown no certificate.
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
