package dev.graft.benchmarks.gateway;

import dev.graft.gateway.BackendAddress;
import dev.graft.gateway.Gateway;
import dev.graft.gateway.GatewaySettings;
import io.grpc.netty.shaded.io.netty.util.internal.PlatformDependent;
import java.util.Map;

/** The gateway with its default settings and no plugins. */
final class GatewayProcess {
  private GatewayProcess() {}

  /** Takes the backend's address, and serves until its parent ends. */
  public static void main(String[] arguments) {
    Gateway gateway =
        Gateway.start(
            GatewaySettings.DEFAULT.withPort(0), Map.of(), BackendAddress.parse(arguments[0]));
    ChildProcess.serve(gateway.port(), question -> memory());
  }

  /** The bytes of live objects and of buffers outside the heap. */
  private static String memory() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    long heap = runtime.totalMemory() - runtime.freeMemory();
    return Long.toString(heap + Math.max(0, PlatformDependent.usedDirectMemory()));
  }
}
