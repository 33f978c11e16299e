package dev.graft.testkit.contract;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.graft.testkit.schema.KnownSchemas;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.Relation;

/**
 * What plugins are told when they ask for a schema: what can be read off the relation, as in other
 * tests in memory, and the same columns for all others.
 *
 * @param columns the columns of relations of which nothing is known
 * @param standIns relations that stand in the place of others, and have their columns
 */
record TrialSchemas(DataType.Struct columns, Map<Relation, Relation> standIns)
    implements UnaryOperator<byte[]> {
  TrialSchemas {
    standIns = Map.copyOf(standIns);
  }

  /** With no relations in the place of others. */
  static TrialSchemas of(DataType.Struct columns) {
    return new TrialSchemas(columns, Map.of());
  }

  @Override
  public byte[] apply(byte[] relation) {
    KnownSchemas known = new KnownSchemas();
    standIns.forEach(
        (standIn, original) ->
            known.add(standIn, find(new KnownSchemas(), original).orElse(columns)));
    try {
      DataType.Struct found = find(known, Relation.parseFrom(relation)).orElse(columns);
      return DataType.newBuilder().setStruct(found).build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("A plugin asks for the schema of what is no relation.", e);
    }
  }

  /** Reads a schema off a relation; empty if it cannot be read, as with random relations. */
  private static Optional<DataType.Struct> find(KnownSchemas known, Relation relation) {
    try {
      return known.find(relation);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
