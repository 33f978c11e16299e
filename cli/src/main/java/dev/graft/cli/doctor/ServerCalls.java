package dev.graft.cli.doctor;

import dev.graft.address.ConnectAddress;
import dev.graft.cli.environment.ServerChannel;
import dev.graft.encoder.ConnectSession;
import dev.graft.encoder.Rows;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc;
import org.apache.spark.connect.proto.UserContext;

/** Calls of a Connect server, with the token and the headers of its address. */
final class ServerCalls implements AutoCloseable {
  private static final String USER = "graft-doctor";

  private final ManagedChannel connection;
  private final Channel channel;
  private final Duration patience;

  /**
   * Connects when something is called.
   *
   * @param authorities a PEM file of those whose certificates are believed, instead of Java's own
   */
  ServerCalls(ConnectAddress address, Optional<Path> authorities, Duration patience) {
    this.connection = ServerChannel.open(address, authorities);
    this.patience = patience;
    Metadata headers = new Metadata();
    address.headers().forEach((name, value) -> headers.put(header(name), value));
    address.token().ifPresent(token -> headers.put(header("authorization"), "Bearer " + token));
    this.channel =
        ClientInterceptors.intercept(
            connection, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /** The version of the Connect server at a port without TLS; empty where there is none. */
  static Optional<String> connectServerAt(String host, int port, Duration patience) {
    String name = host.contains(":") ? "[" + host + "]" : host;
    ConnectAddress address =
        new ConnectAddress(name, port, false, Optional.empty(), Map.of(), Map.of());
    try (ServerCalls calls = new ServerCalls(address, Optional.empty(), patience)) {
      return Optional.of(calls.version());
    } catch (StatusRuntimeException e) {
      return Optional.empty();
    }
  }

  /**
   * The version of Spark that the server is, or stands in front of.
   *
   * @throws StatusRuntimeException if it does not say
   */
  String version() {
    return SparkConnectServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS)
        .analyzePlan(
            AnalyzePlanRequest.newBuilder()
                .setSessionId(UUID.randomUUID().toString())
                .setUserContext(UserContext.newBuilder().setUserId(USER))
                .setClientType(USER)
                .setSparkVersion(AnalyzePlanRequest.SparkVersion.getDefaultInstance())
                .build())
        .getSparkVersion()
        .getVersion();
  }

  /**
   * How many extensions Graft in the server lists.
   *
   * @throws dev.graft.encoder.RequestFailedException if it lists none
   */
  int extensions() {
    try (ConnectSession session = ConnectSession.over(channel, USER);
        Rows rows = session.extensions()) {
      return rows.toList().size();
    }
  }

  private static Metadata.Key<String> header(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  @Override
  public void close() {
    connection.shutdownNow();
  }
}
