package dev.graft.testkit.contract;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import dev.graft.api.CommandPlugin;
import dev.graft.api.CommandResult;
import dev.graft.api.ExpressionPlugin;
import dev.graft.api.PlanningContext;
import dev.graft.api.RelationPlugin;
import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.Nodes;
import dev.graft.spi.Answer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.ExtensionPlugin;
import dev.graft.spi.HostContext;
import dev.graft.spi.PlanningException;
import dev.graft.testkit.schema.Schemas;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.apache.spark.connect.proto.CachedRemoteRelation;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.Drop;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Filter;
import org.apache.spark.connect.proto.Limit;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.RelationCommon;
import org.apache.spark.connect.proto.Sample;
import org.apache.spark.connect.proto.SubqueryAlias;

/** Plugins that each break one rule, and the contracts that are to find it out. */
final class BrokenContracts {
  private BrokenContracts() {}

  /** Every rule is kept. */
  static final class Sound extends PluginContract {
    @Override
    protected Object plugin() {
      return new dev.graft.testkit.sample.HeadPlugin();
    }
  }

  /** What a plugin for {@link Limit} answers, where its input is there. */
  private abstract static class OfLimit implements RelationPlugin<Limit> {
    @Override
    public Class<Limit> messageType() {
      return Limit.class;
    }

    @Override
    public Optional<Relation> transform(Limit limit, PlanningContext context) {
      if (!limit.hasInput()) {
        throw new PlanningException("There is no input. Give one.");
      }
      return Optional.of(answer(limit, context));
    }

    abstract Relation answer(Limit limit, PlanningContext context);
  }

  /** Needs its input twice. */
  static class Doubling extends PluginContract {
    @Override
    protected Object plugin() {
      return new OfLimit() {
        @Override
        Relation answer(Limit limit, PlanningContext context) {
          return Nodes.relation(limit.getInput()).union(Nodes.relation(limit.getInput())).build();
        }
      };
    }
  }

  /** The same, and says so. */
  static final class DoublingOnPurpose extends Doubling {
    @Override
    protected int mostPlacesOfAnInput() {
      return 2;
    }
  }

  /** Computes its argument twice. */
  static final class DoublingExpressions extends PluginContract {
    @Override
    protected Object plugin() {
      return new ExpressionPlugin<Expression.Alias>() {
        @Override
        public Class<Expression.Alias> messageType() {
          return Expression.Alias.class;
        }

        @Override
        public Optional<Expression> transform(Expression.Alias alias, PlanningContext context) {
          if (!alias.hasExpr()) {
            throw new PlanningException("There is no expression. Give one.");
          }
          ExpressionNode value = Nodes.expression(alias.getExpr());
          return Optional.of(value.plus(value).build());
        }
      };
    }
  }

  /** Throws what no client understands. */
  static final class Throwing extends PluginContract {
    @Override
    protected Object plugin() {
      return new OfLimit() {
        @Override
        Relation answer(Limit limit, PlanningContext context) {
          return Nodes.relation(limit.getInput()).limit(100 / limit.getLimit()).build();
        }
      };
    }
  }

  /** Goes down every relation by recursion. */
  static final class Overflowing extends PluginContract {
    @Override
    protected Object plugin() {
      return new OfLimit() {
        @Override
        Relation answer(Limit limit, PlanningContext context) {
          return down(limit.getInput(), new long[200]);
        }

        private Relation down(Relation relation, long[] padding) {
          return relation.hasLimit()
              ? down(relation.getLimit().getInput(), new long[padding.length + 1])
              : again(relation, 0);
        }

        private Relation again(Relation relation, int depth) {
          return relation.hasRange() && relation.getRange().getEnd() == 0
              ? again(relation, depth + 1)
              : relation;
        }
      };
    }
  }

  /** Returns null. */
  static final class ReturningNull extends PluginContract {
    @Override
    protected Object plugin() {
      return new RelationPlugin<Drop>() {
        @Override
        public Class<Drop> messageType() {
          return Drop.class;
        }

        @Override
        @SuppressWarnings({"NullAway", "OptionalAssignedToNull", "NullableOptional"})
        public Optional<Relation> transform(Drop drop, PlanningContext context) {
          return drop.getColumnNamesCount() == 0 ? null : Optional.of(drop.getInput());
        }
      };
    }
  }

  /** Says nothing in its refusals. */
  static final class Silent extends PluginContract {
    @Override
    protected Object plugin() {
      return new OfLimit() {
        @Override
        Relation answer(Limit limit, PlanningContext context) {
          if (limit.getLimit() < 1) {
            throw new PlanningException("");
          }
          return limit.getInput();
        }
      };
    }
  }

  /** Is asked about everything, and answers everything. */
  static final class Greedy extends PluginContract {
    @Override
    protected Object plugin() {
      return new ExpressionPlugin<Any>() {
        @Override
        public Class<Any> messageType() {
          return Any.class;
        }

        @Override
        public Optional<Expression> transform(Any any, PlanningContext context) {
          return Optional.of(Nodes.literal(any.getValue().size()).build());
        }
      };
    }

    @Override
    protected Arbitrary<Any> extensions() {
      return Arbitraries.of(Any.pack(StringValue.of("one")), Any.pack(StringValue.of("two")));
    }
  }

  /** Emits a node that Spark 3.4 does not know. */
  static final class TooNew extends PluginContract {
    @Override
    protected Object plugin() {
      return new OfLimit() {
        @Override
        Relation answer(Limit limit, PlanningContext context) {
          return Nodes.relation(limit.getInput()).select(Nodes.column("a").tryCast("INT")).build();
        }
      };
    }
  }

  /** The same, but only for the lines that know it. */
  static final class NewWhereItIsKnown extends PluginContract {
    @Override
    protected Object plugin() {
      return new TooNew().plugin();
    }

    @Override
    protected java.util.List<String> lines() {
      return java.util.List.of("4.0", "4.1", "4.2");
    }
  }

  /** Answers with fields that no Connect has. */
  static final class FromNowhere extends PluginContract {
    @Override
    protected Object plugin() {
      return new OfLimit() {
        @Override
        Relation answer(Limit limit, PlanningContext context) {
          return limit.getInput().toBuilder()
              .setUnknownFields(
                  com.google.protobuf.UnknownFieldSet.newBuilder()
                      .addField(
                          7_777,
                          com.google.protobuf.UnknownFieldSet.Field.newBuilder()
                              .addVarint(1)
                              .build())
                      .build())
              .build();
        }
      };
    }
  }

  /** Throws away what its inputs have in common with others. */
  static final class DroppingPlanIds extends PluginContract {
    @Override
    protected Object plugin() {
      return new OfLimit() {
        @Override
        Relation answer(Limit limit, PlanningContext context) {
          return Nodes.relation(limit.getInput().toBuilder().clearCommon().build())
              .limit(1)
              .build();
        }
      };
    }
  }

  /** Gives its own node a plan id. */
  static final class InventingPlanIds extends PluginContract {
    @Override
    protected Object plugin() {
      return new OfLimit() {
        @Override
        Relation answer(Limit limit, PlanningContext context) {
          return Nodes.relation(limit.getInput()).limit(1).build().toBuilder()
              .setCommon(RelationCommon.newBuilder().setPlanId(1))
              .build();
        }
      };
    }
  }

  /** Counts its answers in them. */
  static final class Counting extends PluginContract {
    private static final AtomicInteger ANSWERS = new AtomicInteger();

    @Override
    protected Object plugin() {
      return new RelationPlugin<SubqueryAlias>() {
        @Override
        public Class<SubqueryAlias> messageType() {
          return SubqueryAlias.class;
        }

        @Override
        public Optional<Relation> transform(SubqueryAlias alias, PlanningContext context) {
          return Optional.of(
              Nodes.relation(alias.getInput()).alias("t" + ANSWERS.getAndIncrement()).build());
        }
      };
    }
  }

  /** Remembers the message before. */
  static final class Remembering extends PluginContract {
    @Override
    protected Object plugin() {
      return new OfLimit() {
        private volatile int before;

        @Override
        Relation answer(Limit limit, PlanningContext context) {
          Relation answer = Nodes.relation(limit.getInput()).limit(1 + (before & 7)).build();
          before = limit.getLimit();
          return answer;
        }
      };
    }
  }

  /** Writes into the bytes of the request. */
  static final class Writing extends PluginContract {
    @Override
    protected Object plugin() {
      return new ExtensionPlugin() {
        @Override
        public ExtensionKind kind() {
          return ExtensionKind.COMMAND;
        }

        @Override
        public Set<String> messageNames() {
          return Set.of("acme.v1.Note");
        }

        @Override
        public Optional<Answer> answer(Extension extension, HostContext context) {
          if (extension.value().hasRemaining()) {
            extension.value().put(0, (byte) 0);
          }
          return Optional.of(new Answer.Done());
        }
      };
    }

    @Override
    protected Arbitrary<Any> extensions() {
      return Arbitraries.strings()
          .alpha()
          .map(text -> Samples.pack("acme.v1.Note", StringValue.of(text).toByteArray()));
    }
  }

  /** Puts the client's condition into a node that Spark analyses with the whole plan. */
  static class Filtering extends PluginContract {
    @Override
    protected Object plugin() {
      return new RelationPlugin<Filter>() {
        @Override
        public Class<Filter> messageType() {
          return Filter.class;
        }

        @Override
        public Optional<Relation> transform(Filter filter, PlanningContext context) {
          if (!filter.hasInput() || !filter.hasCondition()) {
            throw new PlanningException("Filter lacks its input or its condition. Set both.");
          }
          return Optional.of(answer(filter));
        }
      };
    }

    Relation answer(Filter filter) {
      return Nodes.relation(filter.getInput())
          .filter(Nodes.expression(filter.getCondition()))
          .build();
    }
  }

  /** Puts it into one that Spark analyses while it plans. */
  static final class AddingColumns extends Filtering {
    @Override
    Relation answer(Filter filter) {
      return Nodes.relation(super.answer(filter)).withColumn("kept", Nodes.literal(true)).build();
    }
  }

  /** Looks whether a column is there, and gets inputs that say which columns they have. */
  static final class CheckingNames extends PluginContract {
    @Override
    protected Object plugin() {
      return new CheckingPlugin();
    }

    @Override
    protected Arbitrary<? extends Message> messages() {
      Relation rows =
          Nodes.rows("name STRING, `größe` INT", Nodes.row("Ulm", 120)).build().toBuilder()
              .setCommon(RelationCommon.newBuilder().setPlanId(7))
              .build();
      return Arbitraries.of("größe", "name")
          .map(name -> SubqueryAlias.newBuilder().setInput(rows).setAlias(name).build());
    }
  }

  /** The same, and the test says which columns there are. */
  static final class CheckingGivenNames extends PluginContract {
    @Override
    protected Object plugin() {
      return new CheckingPlugin();
    }

    @Override
    protected Arbitrary<? extends Message> messages() {
      return Arbitraries.just(
          SubqueryAlias.newBuilder()
              .setInput(Nodes.table("cities").build())
              .setAlias("mayor")
              .build());
    }

    @Override
    protected Arbitrary<DataType.Struct> schemas() {
      return Arbitraries.just(Schemas.of("id BIGINT, mayor STRING"));
    }
  }

  /** Wants its alias to be a column of its input. */
  private static final class CheckingPlugin implements RelationPlugin<SubqueryAlias> {
    @Override
    public Class<SubqueryAlias> messageType() {
      return SubqueryAlias.class;
    }

    @Override
    public Optional<Relation> transform(SubqueryAlias alias, PlanningContext context) {
      boolean isThere =
          context.schema(alias.getInput()).getFieldsList().stream()
              .anyMatch(field -> field.getName().equals(alias.getAlias()));
      if (!isThere) {
        throw new PlanningException("There is no column '" + alias.getAlias() + "'.");
      }
      return Optional.of(Nodes.relation(alias.getInput()).alias(alias.getAlias()).build());
    }
  }

  /** Answers next to nothing. */
  static final class Refusing extends PluginContract {
    @Override
    protected Object plugin() {
      return new RelationPlugin<Sample>() {
        @Override
        public Class<Sample> messageType() {
          return Sample.class;
        }

        @Override
        public Optional<Relation> transform(Sample sample, PlanningContext context) {
          throw new PlanningException("There is nothing that this takes.");
        }
      };
    }
  }

  /** A command that keeps every rule. */
  static final class SoundCommand extends PluginContract {
    @Override
    protected Object plugin() {
      return new CommandPlugin<CachedRemoteRelation>() {
        @Override
        public Class<CachedRemoteRelation> messageType() {
          return CachedRemoteRelation.class;
        }

        @Override
        public Optional<CommandResult> execute(
            CachedRemoteRelation relation, PlanningContext context) {
          return Optional.of(
              CommandResult.rows(
                  Nodes.range(1).select(Nodes.literal(relation.getRelationId())).build()));
        }
      };
    }
  }
}
