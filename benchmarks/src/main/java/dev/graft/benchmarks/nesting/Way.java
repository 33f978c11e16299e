package dev.graft.benchmarks.nesting;

import com.google.protobuf.Any;
import dev.graft.api.node.Nodes;
import org.apache.spark.connect.proto.Limit;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.Tail;

/** A way to limit a relation. */
enum Way {
  BY_HAND("by hand") {
    @Override
    Relation of(Relation input) {
      return Nodes.relation(input).limit(ROWS).build();
    }
  },
  PLAIN("plugin that asks for nothing") {
    @Override
    Relation of(Relation input) {
      return packed(Any.pack(Limit.newBuilder().setInput(input).setLimit(ROWS).build()));
    }
  },
  ASKING("plugin that asks for columns") {
    @Override
    Relation of(Relation input) {
      return packed(Any.pack(Tail.newBuilder().setInput(input).setLimit(ROWS).build()));
    }
  };

  private static final int ROWS = 1_000;

  private final String text;

  Way(String text) {
    this.text = text;
  }

  /** One limit more. */
  abstract Relation of(Relation input);

  private static Relation packed(Any extension) {
    return Relation.newBuilder().setExtension(extension).build();
  }

  @Override
  public String toString() {
    return text;
  }
}
