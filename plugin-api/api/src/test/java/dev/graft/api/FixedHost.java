package dev.graft.api;

import dev.graft.spi.Engine;
import dev.graft.spi.HostContext;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.connect.proto.DataType;

/**
 * A host without an engine that tells the same of every request.
 *
 * @param schema what it tells of every relation; empty if it cannot tell
 * @param connectVersion the server's
 */
public record FixedHost(Optional<DataType> schema, String connectVersion) implements HostContext {
  /** A host that cannot tell schemas. */
  public FixedHost() {
    this(Optional.empty(), "4.2.0");
  }

  @Override
  public byte[] schema(byte[] relation) {
    return schema.isPresent() ? schema.get().toByteArray() : HostContext.super.schema(relation);
  }

  @Override
  public String userId() {
    return "ada";
  }

  @Override
  public String sessionId() {
    return "6f8d8f2c-5d0e-4a8f-9d57-0f1c7c7f5a11";
  }

  @Override
  public Phase phase() {
    return Phase.EXECUTION;
  }

  @Override
  public String hostName() {
    return "test";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("unit", "km");
  }

  @Override
  public Optional<Engine> engine() {
    return Optional.empty();
  }
}
