package dev.graft.registry.status;

import dev.graft.registry.invoke.CallCounts;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

/**
 * What passes through a gateway.
 *
 * @param backend the address of the server behind it
 * @param backendVersion the Spark version that it says it has; empty while nobody has asked
 * @param connections how many clients' connections are open
 * @param underWay how many calls are
 * @param memory how many bytes the messages of calls take at this moment
 * @param mostMemory how many they may take
 * @param methods what came of the calls of each method, since the gateway was started
 */
public record Traffic(
    String backend,
    String backendVersion,
    int connections,
    int underWay,
    long memory,
    long mostMemory,
    List<Method> methods) {
  /**
   * A method of gRPC.
   *
   * @param name such as {@code spark.connect.SparkConnectService/ExecutePlan}
   * @param counts accepted are calls that ended well
   * @param failures how many did not, by the status of gRPC
   */
  public record Method(String name, CallCounts counts, SortedMap<String, Long> failures) {
    public Method {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(counts, "counts");
      Objects.requireNonNull(failures, "failures");
    }
  }

  public Traffic {
    Objects.requireNonNull(backend, "backend");
    Objects.requireNonNull(backendVersion, "backendVersion");
    methods = List.copyOf(methods);
  }
}
