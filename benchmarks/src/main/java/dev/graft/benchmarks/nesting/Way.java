package dev.graft.benchmarks.nesting;

import com.google.protobuf.Any;
import dev.graft.api.node.Nodes;
import org.apache.spark.connect.proto.Limit;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.Tail;

/** A way to filter a relation by its column {@code id}. */
enum Way {
  BY_HAND("by hand") {
    @Override
    Relation of(Relation input) {
      // A long, as the column is: a cast would take Spark's analyser one round more for each level.
      return Nodes.relation(input).filter(Nodes.columnNamed("id").atLeast(0L)).build();
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

  /** One filter more, which all rows pass. */
  abstract Relation of(Relation input);

  private static Relation packed(Any extension) {
    return Relation.newBuilder().setExtension(extension).build();
  }

  @Override
  public String toString() {
    return text;
  }
}
