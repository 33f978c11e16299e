package dev.graft.api;

import com.google.protobuf.ByteString;
import dev.graft.spi.HostContext;
import dev.graft.spi.LoadedExtension;
import dev.graft.spi.PlanningException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Relation;

/**
 * The request around an extension, and the server it runs in. Belongs to one request and is not to
 * be kept after the plugin has answered.
 */
public class PlanningContext {
  private final HostContext host;

  /**
   * Wraps what the host tells. Made by the framework; a plugin's tests may make one over a {@link
   * HostContext} of their own.
   */
  public PlanningContext(HostContext host) {
    this.host = Objects.requireNonNull(host, "host");
  }

  /**
   * The user as the client named it; Spark Connect does not verify this name. Empty where the
   * client gave none.
   */
  public String userId() {
    return host.userId();
  }

  /** The session, a UUID in canonical form; empty where the host cannot tell. */
  public String sessionId() {
    return host.sessionId();
  }

  /** Whether the server only analyses the plan, or runs it. */
  public HostContext.Phase phase() {
    return host.phase();
  }

  /** The host's name, {@code spark} or {@code gateway}. */
  public String hostName() {
    return host.hostName();
  }

  /** The version of the Connect server that will run the plan, for example {@code 4.2.0}. */
  public String connectVersion() {
    return host.connectVersion();
  }

  /**
   * The plugin's own settings: what stands after {@code spark.graft.plugin.<id>.} in the
   * configuration.
   */
  public Map<String, String> settings() {
    return host.settings();
  }

  /**
   * All extensions that the server answers, in the order in which plugins are asked. The first call
   * asks every plugin for descriptions, which may take a while; the list is kept after that. Empty
   * where the host does not tell.
   */
  public List<LoadedExtension> extensions() {
    return host.extensions();
  }

  /**
   * Reads a relation that came as bytes, to {@value Messages#RECURSION_LIMIT} levels of messages,
   * as deep as Spark reads a plan.
   *
   * @throws PlanningException if the bytes are not a {@code spark.connect.Relation}
   */
  public Relation relation(ByteString bytes) {
    return Messages.parse(bytes, Relation.parser(), "spark.connect.Relation");
  }

  /**
   * Reads an expression that came as bytes, to {@value Messages#RECURSION_LIMIT} levels of
   * messages.
   *
   * @throws PlanningException if the bytes are not a {@code spark.connect.Expression}
   */
  public Expression expression(ByteString bytes) {
    return Messages.parse(bytes, Expression.parser(), "spark.connect.Expression");
  }

  /**
   * The root relation of a plan that came as bytes, to {@value Messages#RECURSION_LIMIT} levels of
   * messages.
   *
   * @throws PlanningException if the bytes are not a {@code spark.connect.Plan}, or the plan has no
   *     root relation
   */
  public Relation planRoot(ByteString bytes) {
    return planRoot(Messages.parse(bytes, Plan.parser(), "spark.connect.Plan"));
  }

  /**
   * The root relation of a plan.
   *
   * @throws PlanningException if the plan has no root relation
   */
  public Relation planRoot(Plan plan) {
    if (!plan.hasRoot()) {
      throw new PlanningException(
          "The nested plan holds "
              + plan.getOpTypeCase()
              + " where a root relation is wanted. Send the plan of a DataFrame.");
    }
    return plan.getRoot();
  }

  /** What the host tells, in the terms of the waist. */
  protected final HostContext host() {
    return host;
  }
}
