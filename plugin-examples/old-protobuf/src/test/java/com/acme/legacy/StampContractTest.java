package com.acme.legacy;

import com.acme.legacy.v1.Stamp;
import dev.graft.api.node.Nodes;
import dev.graft.testkit.Graft;
import dev.graft.testkit.contract.PluginContract;
import net.jqwik.api.Example;

/** The rules that every plugin keeps, tried on protobuf 3.23 and the messages of Spark 3.5. */
class StampContractTest extends PluginContract {
  @Override
  protected Object plugin() {
    return new StampPlugin();
  }

  @Example
  void everyRowGetsTheText() {
    Graft.inMemory(new StampPlugin())
        .lower(Stamp.newBuilder().setInput(Nodes.range(3).build()).setText(" a  b ").build())
        .hasTree(
            """
            Relation
            └─ project: Project
               ├─ input: Relation
               │  └─ range: Range
               │     ├─ start: 0
               │     ├─ end: 3
               │     └─ step: 1
               ├─ expressions: Expression
               │  └─ unresolved_star: UnresolvedStar
               └─ expressions: Expression
                  └─ alias: Alias
                     ├─ expr: Expression
                     │  └─ literal: Literal
                     │     └─ string: "a b"
                     └─ name: "stamp"
            """);
  }
}
