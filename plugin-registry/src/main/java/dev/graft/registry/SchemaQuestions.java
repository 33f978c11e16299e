package dev.graft.registry;

import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.error.ClientText;
import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.error.HostFailure;
import dev.graft.registry.lowering.ExpansionBudget;
import dev.graft.registry.lowering.SchemaLimits;
import dev.graft.spi.Extension;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the plugins of one request ask about the schemas of relations, and what they were told.
 *
 * <p>A plugin that asks about its input often stands inside the input of another one, which asks
 * too, and it is called once more when the answer of the outer plugin is lowered. So schemas are
 * kept by the relation's bytes: each costs one analysis, and the cost does not double with each
 * level. Of the relation itself only a digest is kept.
 *
 * <p>Questions nest by recursion, since a plugin waits for its answer on the thread's stack; {@link
 * SchemaLimits#depth()} bounds that. Mutable; <b>not</b> safe for use by several threads.
 */
public final class SchemaQuestions {
  /** What is known about a relation. */
  private sealed interface Known {}

  /**
   * The host said what its columns are.
   *
   * @param schema a serialised {@code spark.connect.DataType}
   */
  private record Told(byte[] schema) implements Known {}

  /**
   * The host refused it; a plugin that goes on regardless does not make it refuse again.
   *
   * @param failure what the host said
   */
  private record Refused(HostFailure failure) implements Known {}

  /** The host is being asked now: to ask it the same again would lead back to itself. */
  private record Asked() implements Known {}

  private final PlanLowering lowering;
  private final ExpansionBudget budget;
  private final SchemaLimits limits;
  private final Map<ByteBuffer, Known> known = new HashMap<>();
  private int depth;
  private int questions;
  private long bytes;

  /**
   * Nothing asked yet.
   *
   * @param lowering replaces the extensions in the relations asked about
   * @param budget the request's; replacing those extensions counts against it
   */
  public SchemaQuestions(PlanLowering lowering, ExpansionBudget budget, SchemaLimits limits) {
    this.lowering = Objects.requireNonNull(lowering, "lowering");
    this.budget = Objects.requireNonNull(budget, "budget");
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /**
   * The schema of a relation.
   *
   * @param asker the extension whose plugin asks
   * @param relation a serialised {@code spark.connect.Relation}, extensions and all
   * @param request the request that both are part of
   * @param host tells the schema, as a serialised {@code spark.connect.DataType}, of a relation in
   *     which no extension is left that a portable plugin could answer
   * @return an array of the caller's own
   * @throws GraftException GRAFT_SCHEMA_TOO_DEEP, GRAFT_SCHEMA_TOO_LARGE, or what {@link
   *     PlanLowering#lower} throws
   * @throws HostFailure what the host says against the relation
   */
  public byte[] answer(
      Extension asker, byte[] relation, RequestContext request, UnaryOperator<byte[]> host) {
    return answer(
        asker,
        relation,
        given -> host.apply(lowering.lower(ConnectType.RELATION, given, request, budget)));
  }

  /**
   * The schema of a relation, from a host that answers the extensions in it by itself.
   *
   * @param host tells the schema, as a serialised {@code spark.connect.DataType}
   * @return an array of the caller's own
   * @throws GraftException GRAFT_SCHEMA_TOO_DEEP, GRAFT_SCHEMA_TOO_LARGE
   * @throws HostFailure what the host says against the relation
   */
  public byte[] answer(Extension asker, byte[] relation, UnaryOperator<byte[]> host) {
    ByteBuffer key = digest(relation);
    Known known = this.known.get(key);
    if (known == null) {
      return ask(key, asker, relation, host).clone();
    }
    if (known instanceof Refused refused) {
      throw refused.failure();
    }
    if (known instanceof Told told) {
      return told.schema().clone();
    }
    throw new GraftException(
        ErrorCode.GRAFT_SCHEMA_TOO_DEEP,
        "The plugin of the extension '%s' asks for the schema of a relation that holds the extension itself, so there would be no end to it. This is a fault of the plugin: it must ask about its input, not about what it answers."
            .formatted(ClientText.quote(asker.typeUrl())));
  }

  /** Forgets what was told, after something that may have changed it; the limits stay. */
  public void forget() {
    known.values().removeIf(one -> !(one instanceof Asked));
    bytes = 0;
  }

  private byte[] ask(ByteBuffer key, Extension asker, byte[] relation, UnaryOperator<byte[]> host) {
    check(asker);
    questions++;
    depth++;
    known.put(key, new Asked());
    Known outcome = null;
    try {
      byte[] schema = host.apply(relation);
      outcome = kept(schema, asker);
      return schema;
    } catch (HostFailure failure) {
      outcome = new Refused(failure);
      throw failure;
    } finally {
      depth--;
      settle(key, outcome);
    }
  }

  private void settle(ByteBuffer key, @Nullable Known outcome) {
    if (outcome == null) {
      known.remove(key);
    } else {
      known.put(key, outcome);
    }
  }

  private Told kept(byte[] schema, Extension asker) {
    if (schema.length > limits.bytes() - bytes) {
      throw new GraftException(
          ErrorCode.GRAFT_SCHEMA_TOO_LARGE,
          "With the one that the plugin of the extension '%s' asks for, the schemas kept for this request hold more than %d bytes (%s). Select fewer columns before the extension, or raise that limit."
              .formatted(
                  ClientText.quote(asker.typeUrl()),
                  limits.bytes(),
                  limits.keyPrefix() + SchemaLimits.BYTES_KEY));
    }
    bytes += schema.length;
    return new Told(schema);
  }

  private void check(Extension asker) {
    if (depth >= limits.depth()) {
      throw new GraftException(
          ErrorCode.GRAFT_SCHEMA_TOO_DEEP,
          "The plugin of the extension '%s' asks for a schema inside %d other such questions, which is the limit (%s). Nest fewer extensions that must know the columns of their input, cache or save an intermediate result, or raise that limit."
              .formatted(
                  ClientText.quote(asker.typeUrl()),
                  limits.depth(),
                  limits.keyPrefix() + SchemaLimits.DEPTH_KEY));
    }
    if (questions >= limits.questions()) {
      throw new GraftException(
          ErrorCode.GRAFT_SCHEMA_TOO_LARGE,
          "The plugin of the extension '%s' asks for one schema more than the %d that the plugins of a request may ask for (%s). Use fewer extensions that must know the columns of their input in one plan, or raise that limit."
              .formatted(
                  ClientText.quote(asker.typeUrl()),
                  limits.questions(),
                  limits.keyPrefix() + SchemaLimits.QUESTIONS_KEY));
    }
  }

  /**
   * Nobody can make two relations of one digest, so a client cannot get the schema of another
   * relation.
   */
  private static ByteBuffer digest(byte[] relation) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(relation));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
