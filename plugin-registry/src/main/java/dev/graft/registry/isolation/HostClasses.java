package dev.graft.registry.isolation;

import java.util.List;
import java.util.Objects;

/**
 * The classes of a host that plugins may see.
 *
 * @param loader the host's loader
 * @param packages prefixes of the class names that plugins take from the host, each ending with a
 *     dot; empty where the host has no engine
 * @param hidden prefixes that plugins never see although {@code packages} covers them
 */
public record HostClasses(ClassLoader loader, List<String> packages, List<String> hidden) {
  public HostClasses {
    Objects.requireNonNull(loader, "loader");
    packages = List.copyOf(packages);
    hidden = List.copyOf(hidden);
  }

  /**
   * Of a Spark: its public packages and what stands in their signatures. What runs inside Spark and
   * what asks beforehand must agree on it.
   */
  public static HostClasses ofSpark(ClassLoader loader) {
    return new HostClasses(
        loader,
        List.of(
            "org.apache.spark.",
            "scala.",
            "org.apache.hadoop.",
            "org.apache.parquet.",
            "org.slf4j."),
        List.of("org.apache.spark.connect.proto."));
  }

  /** A host without an engine. */
  public static HostClasses none() {
    return new HostClasses(ClassLoader.getPlatformClassLoader(), List.of(), List.of());
  }

  Import asImport() {
    return new Import(loader, packages, hidden);
  }
}
