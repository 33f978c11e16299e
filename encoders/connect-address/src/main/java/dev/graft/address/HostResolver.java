package dev.graft.address;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.Status;
import io.grpc.StatusOr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Resolves a host that gRPC's own resolver refuses: with an underscore it is none to {@link URI},
 * but it is what services are called in containers. gRPC calls it by one thread at a time.
 */
public final class HostResolver extends NameResolver {
  /** What targets begin with that this resolver is for. */
  public static final String SCHEME = "graft-host";

  private final String host;
  private final int port;
  private final Executor executor;
  private @Nullable Listener2 listener;

  private HostResolver(String host, int port, Executor executor) {
    this.host = host;
    this.port = port;
    this.executor = executor;
  }

  /** Whether a host is for this resolver. */
  public static boolean isFor(String host) {
    return host.indexOf('_') >= 0;
  }

  /** Resolves that host, whatever the target is. */
  public static Factory factory(String host, int port) {
    return new Factory() {
      @Override
      public NameResolver newNameResolver(URI target, Args args) {
        Executor offload = Objects.requireNonNull(args.getOffloadExecutor());
        return new HostResolver(host, port, offload);
      }

      @Override
      public String getDefaultScheme() {
        return SCHEME;
      }
    };
  }

  @Override
  public String getServiceAuthority() {
    return host + ":" + port;
  }

  @Override
  public void start(Listener2 listener) {
    this.listener = listener;
    refresh();
  }

  @Override
  public void refresh() {
    Listener2 to = Objects.requireNonNull(listener);
    executor.execute(() -> to.onResult(resolved()));
  }

  private ResolutionResult resolved() {
    ResolutionResult.Builder result = ResolutionResult.newBuilder();
    try {
      result.setAddressesOrError(
          StatusOr.fromValue(
              Arrays.stream(InetAddress.getAllByName(host))
                  .map(address -> new InetSocketAddress(address, port))
                  .map(EquivalentAddressGroup::new)
                  .toList()));
    } catch (UnknownHostException e) {
      result.setAddressesOrError(
          StatusOr.fromStatus(
              Status.UNAVAILABLE.withDescription("Unable to resolve host " + host).withCause(e)));
    }
    return result.build();
  }

  @Override
  public void shutdown() {
    listener = null;
  }
}
