package dev.graft.testkit.spark.contract;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.apache.spark.connect.proto.Expression;

/** Native plugins that each break one rule, and the contracts that are to find it out. */
final class BrokenNativePlugins {
  private static final NativePluginJar JAR =
      NativePluginJar.of(
          "broken",
          "Sound",
          """
          RelationPlugin<Limit> {
            public Class<Limit> messageType() { return Limit.class; }
            public Optional<Dataset<Row>> transform(Limit limit, NativeContext context) {
              if (!limit.hasInput() || limit.getLimit() < 0) {
                throw new PlanningException("Limit has no input, or a negative limit. Set both.");
              }
              return Optional.of(context.dataset(limit.getInput()).limit(limit.getLimit()));
            }
          }
          """,
          "SoundColumn",
          """
          ExpressionPlugin<Expression.Cast> {
            public Class<Expression.Cast> messageType() { return Expression.Cast.class; }
            public Optional<Column> transform(Expression.Cast cast, NativeContext context) {
              if (!cast.hasExpr()) {
                throw new PlanningException("Cast has no expression. Set one.");
              }
              return Optional.of(context.column(cast.getExpr()).cast("string"));
            }
          }
          """,
          "SoundCommand",
          """
          CommandPlugin<CachedRemoteRelation> {
            public Class<CachedRemoteRelation> messageType() { return CachedRemoteRelation.class; }
            public Optional<NativeResult> execute(CachedRemoteRelation id, NativeContext context) {
              return Optional.of(NativeResult.rows(
                  context.session().range(1).select(functions.lit(id.getRelationId()).as("id"))));
            }
          }
          """,
          "Throwing",
          """
          RelationPlugin<Offset> {
            public Class<Offset> messageType() { return Offset.class; }
            public Optional<Dataset<Row>> transform(Offset offset, NativeContext context) {
              if (!offset.hasInput()) {
                throw new PlanningException("Offset has no input. Set it.");
              }
              return Optional.of(context.dataset(offset.getInput()).limit(Math.abs(7 / offset.getOffset())));
            }
          }
          """,
          "Silent",
          """
          RelationPlugin<Sample> {
            public Class<Sample> messageType() { return Sample.class; }
            public Optional<Dataset<Row>> transform(Sample sample, NativeContext context) {
              if (!sample.getWithReplacement()) {
                throw new PlanningException("");
              }
              return Optional.of(context.dataset(sample.getInput()));
            }
          }
          """,
          "Shipping",
          """
          RelationPlugin<Deduplicate> {
            public Class<Deduplicate> messageType() { return Deduplicate.class; }
            public Optional<Dataset<Row>> transform(Deduplicate message, NativeContext context) {
              if (!message.hasInput()) {
                throw new PlanningException("Deduplicate has no input. Set it.");
              }
              Dataset<Row> input = context.dataset(message.getInput());
              return Optional.of(message.getAllColumnsAsKeys()
                  ? input.filter((FilterFunction<Row>) row -> true)
                  : input.distinct());
            }
          }
          """,
          "Rebuilding",
          """
          RelationPlugin<Tail> {
            public Class<Tail> messageType() { return Tail.class; }
            public Optional<Dataset<Row>> transform(Tail tail, NativeContext context) {
              if (!tail.hasInput()) {
                throw new PlanningException("Tail has no input. Set it.");
              }
              Dataset<Row> input = context.dataset(tail.getInput());
              return Optional.of(context.session().createDataFrame(input.toJavaRDD(), input.schema()));
            }
          }
          """,
          "Replacing",
          """
          RelationPlugin<Drop> {
            public Class<Drop> messageType() { return Drop.class; }
            public Optional<Dataset<Row>> transform(Drop drop, NativeContext context) {
              if (!drop.hasInput()) {
                throw new PlanningException("Drop has no input. Set it.");
              }
              Dataset<Row> input = context.dataset(drop.getInput());
              for (String name : input.columns()) {
                input = input.withColumn(name, functions.lit(1));
              }
              return Optional.of(input);
            }
          }
          """,
          "ByName",
          """
          ExpressionPlugin<Expression.Alias> {
            public Class<Expression.Alias> messageType() { return Expression.Alias.class; }
            public Optional<Column> transform(Expression.Alias alias, NativeContext context) {
              if (!alias.getExpr().hasUnresolvedAttribute()) {
                throw new PlanningException("Alias has no column. Set one.");
              }
              String name = alias.getExpr().getUnresolvedAttribute().getUnparsedIdentifier();
              if (name.isEmpty() || !name.chars().allMatch(Character::isJavaIdentifierPart)) {
                // functions.col reads others its own way, and some not at all.
                throw new PlanningException("The column's name is no plain one. Give another.");
              }
              return Optional.of(functions.col(name));
            }
          }
          """,
          "Counting",
          """
          RelationPlugin<SubqueryAlias> {
            private static final java.util.concurrent.atomic.AtomicInteger ANSWERS =
                new java.util.concurrent.atomic.AtomicInteger();
            public Class<SubqueryAlias> messageType() { return SubqueryAlias.class; }
            public Optional<Dataset<Row>> transform(SubqueryAlias alias, NativeContext context) {
              if (!alias.hasInput()) {
                throw new PlanningException("SubqueryAlias has no input. Set it.");
              }
              return Optional.of(context.dataset(alias.getInput())
                  .withColumn("answer", functions.lit(ANSWERS.getAndIncrement())));
            }
          }
          """,
          "Setting",
          """
          RelationPlugin<Hint> {
            public Class<Hint> messageType() { return Hint.class; }
            public Optional<Dataset<Row>> transform(Hint hint, NativeContext context) {
              if (!hint.hasInput()) {
                throw new PlanningException("Hint has no input. Set it.");
              }
              context.session().conf().set("spark.sql.shuffle.partitions", "7");
              return Optional.of(context.dataset(hint.getInput()));
            }
          }
          """,
          "HalfDone",
          """
          CommandPlugin<StringValue> {
            public Class<StringValue> messageType() { return StringValue.class; }
            public Optional<NativeResult> execute(StringValue name, NativeContext context) {
              context.session().conf().set("spark.acme.names", "" + name.getValue().length());
              if (name.getValue().length() < 3) {
                throw new PlanningException("The name is too short. Give three letters.");
              }
              return Optional.of(NativeResult.nothing());
            }
          }
          """);

  /** On a server of its own, since it is asked about everything. */
  private static final NativePluginJar GREEDY =
      NativePluginJar.of(
          "greedy",
          "Greedy",
          """
          RelationPlugin<Any> {
            public Class<Any> messageType() { return Any.class; }
            public Optional<Dataset<Row>> transform(Any any, NativeContext context) {
              return Optional.of(context.session().range(any.getValue().size()).toDF());
            }
          }
          """);

  /** On a server of its own, which it stops. */
  private static final NativePluginJar STOPPING =
      NativePluginJar.of(
          "stopping",
          "Stopping",
          """
          CommandPlugin<BoolValue> {
            public Class<BoolValue> messageType() { return BoolValue.class; }
            public Optional<NativeResult> execute(BoolValue now, NativeContext context) {
              if (now.getValue()) {
                context.session().sparkContext().stop();
              }
              return Optional.of(NativeResult.nothing());
            }
          }
          """);

  private BrokenNativePlugins() {}

  /** Every rule is kept. */
  static final class Sound extends NativePluginContract {
    @Override
    protected Object plugin() {
      return JAR.plugin("Sound");
    }
  }

  /** Every rule is kept. */
  static final class SoundColumn extends NativePluginContract {
    @Override
    protected Object plugin() {
      return JAR.plugin("SoundColumn");
    }
  }

  /** Every rule is kept. */
  static final class SoundCommand extends NativePluginContract {
    @Override
    protected Object plugin() {
      return JAR.plugin("SoundCommand");
    }
  }

  /** Has other columns in the place of its input's: df["x"] need not resolve. */
  static final class Replacing extends NativePluginContract {
    @Override
    protected Object plugin() {
      return JAR.plugin("Replacing");
    }
  }

  /** Throws what no client understands. */
  static final class Throwing extends NativePluginContract {
    @Override
    protected Object plugin() {
      return JAR.plugin("Throwing");
    }
  }

  /** Says nothing in its refusals. */
  static final class Silent extends NativePluginContract {
    @Override
    protected Object plugin() {
      return JAR.plugin("Silent");
    }
  }

  /**
   * Wants its own code run by executors, which do not have it: found out when rows are asked for.
   */
  static final class Shipping extends NativePluginContract {
    @Override
    protected Object plugin() {
      return JAR.plugin("Shipping");
    }
  }

  /** Is asked about everything, and answers everything. */
  static final class Greedy extends NativePluginContract {
    @Override
    protected Object plugin() {
      return GREEDY.plugin("Greedy");
    }

    @Override
    protected Arbitrary<Any> extensions() {
      return Arbitraries.of(Any.pack(StringValue.of("one")), Any.pack(StringValue.of("two")));
    }
  }

  /** Makes a new dataset of its input's rows. */
  static final class Rebuilding extends NativePluginContract {
    @Override
    protected Object plugin() {
      return JAR.plugin("Rebuilding");
    }
  }

  /** Looks its input up by name. */
  static final class ByName extends NativePluginContract {
    @Override
    protected Object plugin() {
      return JAR.plugin("ByName");
    }
  }

  /**
   * The same plugin, and names that Spark cannot read: it has one fault, which they do not show.
   */
  static final class ByUnreadableName extends NativePluginContract {
    @Override
    protected Object plugin() {
      return JAR.plugin("ByName");
    }

    @Override
    protected Arbitrary<? extends Message> messages() {
      return Arbitraries.of("`", "a`b", "``", "a.", ".")
          .map(
              name ->
                  Expression.Alias.newBuilder()
                      .setExpr(
                          Expression.newBuilder()
                              .setUnresolvedAttribute(
                                  Expression.UnresolvedAttribute.newBuilder()
                                      .setUnparsedIdentifier(name)))
                      .build());
    }
  }

  /** Counts its answers in them. */
  static final class Counting extends NativePluginContract {
    @Override
    protected Object plugin() {
      return JAR.plugin("Counting");
    }
  }

  /** Changes the session's configuration while a plan is analysed. */
  static final class Setting extends NativePluginContract {
    @Override
    protected Object plugin() {
      return JAR.plugin("Setting");
    }
  }

  /** Does half of a command, and then refuses it. */
  static final class HalfDone extends NativePluginContract {
    @Override
    protected Object plugin() {
      return JAR.plugin("HalfDone");
    }
  }

  /** The same plugin, but nothing is sent that it refuses: every rule is kept. */
  static final class HeldBack extends NativePluginContract {
    @Override
    protected Object plugin() {
      return JAR.plugin("HalfDone");
    }

    @Override
    protected boolean maySend(Any extension) {
      try {
        return extension.unpack(StringValue.class).getValue().length() >= 3;
      } catch (InvalidProtocolBufferException e) {
        return false;
      }
    }
  }

  /** Stops the server's work. */
  static final class Stopping extends NativePluginContract {
    @Override
    protected Object plugin() {
      return STOPPING.plugin("Stopping");
    }
  }
}
