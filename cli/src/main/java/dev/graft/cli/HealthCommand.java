package dev.graft.cli;

import dev.graft.address.AddressException;
import dev.graft.address.ConnectAddress;
import dev.graft.cli.environment.ServerChannel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code graft health}. */
@Command(
    name = "health",
    description = {
      "Ask a gateway or a Spark Connect server whether it serves, as the health check of a container does. If not, the status is 1, and the text says why.",
      "A gateway is asked by gRPC's health service. Spark's own server has none: that it answers is enough."
    },
    optionListHeading = "%nOptions:%n",
    mixinStandardHelpOptions = true,
    versionProvider = GraftCommand.Version.class)
final class HealthCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "ADDRESS",
      arity = "0..1",
      defaultValue = "sc://localhost:15002",
      description =
          "The server (${DEFAULT-VALUE}). With use_ssl=true its certificate must be valid for the name.")
  private String address;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "How long to wait for the answer (${DEFAULT-VALUE}).")
  private int timeout;

  /** Made by picocli, which also sets the fields. */
  @SuppressWarnings("NullAway.Init")
  HealthCommand() {}

  @Override
  public Integer call() {
    if (timeout < 1) {
      throw new ParameterException(
          spec.commandLine(), "--timeout is " + timeout + "; it must be 1 or more");
    }
    ConnectAddress server = server();
    ManagedChannel channel = ServerChannel.open(server, Optional.empty());
    try {
      Optional<String> ill = illness(channel);
      PrintWriter to = ill.isEmpty() ? spec.commandLine().getOut() : spec.commandLine().getErr();
      String place = server.host() + ":" + server.port();
      to.println(ill.map(why -> "graft: " + place + " " + why).orElseGet(() -> place + " serves."));
      to.flush();
      return ill.isEmpty() ? 0 : 1;
    } finally {
      channel.shutdownNow();
    }
  }

  private ConnectAddress server() {
    try {
      return ConnectAddress.parse(address);
    } catch (AddressException e) {
      throw new ParameterException(spec.commandLine(), e.sentence("The address"), e);
    }
  }

  /** Why the server does not serve; empty if it does. */
  private Optional<String> illness(ManagedChannel channel) {
    try {
      ServingStatus status =
          HealthGrpc.newBlockingStub(channel)
              .withDeadlineAfter(timeout, TimeUnit.SECONDS)
              .check(HealthCheckRequest.getDefaultInstance())
              .getStatus();
      return status == ServingStatus.SERVING
          ? Optional.empty()
          : Optional.of("says " + status + ": it has not begun to serve, or is about to end.");
    } catch (StatusRuntimeException e) {
      return switch (e.getStatus().getCode()) {
        case UNIMPLEMENTED -> Optional.empty();
        case DEADLINE_EXCEEDED ->
            Optional.of("has not answered within " + timeout + " s. --timeout gives it longer.");
        default -> Optional.of("does not serve: " + reason(e.getStatus()));
      };
    }
  }

  private static String reason(Status status) {
    Throwable cause = status.getCause();
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String text = status.getCode() + ", " + status.getDescription();
    return cause == null ? text : text + " (" + cause.getMessage() + ")";
  }
}
