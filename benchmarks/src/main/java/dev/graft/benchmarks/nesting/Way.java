package dev.graft.benchmarks.nesting;

import com.google.protobuf.Any;
import dev.graft.api.node.Nodes;
import org.apache.spark.connect.proto.Limit;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.Tail;

/**
 * A way to select all columns of a relation. Spark's analyser resolves a hundred nested ones of
 * these in one round, whereas each nested function would take another round.
 */
enum Way {
  BY_HAND("by hand") {
    @Override
    Relation of(Relation input) {
      return Nodes.relation(input).select(Nodes.star()).build();
    }
  },
  PLAIN("plugin that asks for nothing") {
    @Override
    Relation of(Relation input) {
      return packed(Any.pack(Limit.newBuilder().setInput(input).build()));
    }
  },
  ASKING("plugin that asks for columns") {
    @Override
    Relation of(Relation input) {
      return packed(Any.pack(Tail.newBuilder().setInput(input).build()));
    }
  };

  private final String text;

  Way(String text) {
    this.text = text;
  }

  /** One selection more. */
  abstract Relation of(Relation input);

  private static Relation packed(Any extension) {
    return Relation.newBuilder().setExtension(extension).build();
  }

  @Override
  public String toString() {
    return text;
  }
}
