package dev.graft.benchmarks.attacks.kind;

import com.github.luben.zstd.ZstdOutputStream;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import dev.graft.api.node.Nodes;
import dev.graft.testkit.jar.PluginJar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.CompressionCodec;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Limit;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.Tail;
import org.apache.spark.connect.proto.UserContext;

/** What clients send, and the plugins that it is for. */
public final class Requests {
  /** The full name of the method that runs a plan. */
  public static final String EXECUTE = "spark.connect.SparkConnectService/ExecutePlan";

  /** The full name of the method that asks about a plan. */
  public static final String ANALYZE = "spark.connect.SparkConnectService/AnalyzePlan";

  /** The header by which a client tells the backend what to do; see {@code AttackedBackend}. */
  public static final String DEED = "deed";

  /** The relation plugins of {@link #writePlugins}. */
  public static final String RELATION_PLUGINS = "acme.Plain,acme.Asking";

  /** The command plugin of {@link #writePlugins}. */
  public static final String COMMAND_PLUGIN = "acme.Saying";

  private Requests() {}

  /**
   * Writes a jar of three plugins: one answers at once, one asks for columns first, one answers a
   * command.
   */
  public static Path writePlugins(Path jar) {
    return PluginJar.of(
            relationPlugin("Plain", "Limit", ""),
            relationPlugin("Asking", "Tail", "context.schema(message.getInput()).getFieldsList();"),
            """
            public class Saying implements CommandPlugin<StringValue> {
              @Override public Class<StringValue> messageType() { return StringValue.class; }
              @Override public Optional<CommandResult> execute(StringValue said, PlanningContext context) {
                return Optional.of(CommandResult.message(said));
              }
            }
            """)
        .manifest("Graft-Plugin-Id", "attacked")
        .writeTo(jar);
  }

  private static String relationPlugin(String name, String message, String before) {
    return """
        public class NAME implements RelationPlugin<org.apache.spark.connect.proto.MESSAGE> {
          @Override public Class<org.apache.spark.connect.proto.MESSAGE> messageType() {
            return org.apache.spark.connect.proto.MESSAGE.class;
          }

          @Override public Optional<Relation> transform(
              org.apache.spark.connect.proto.MESSAGE message, PlanningContext context) {
            BEFORE
            return Optional.of(dev.graft.api.node.Nodes.relation(message.getInput()).limit(1).build());
          }
        }
        """
        .replace("NAME", name)
        .replace("MESSAGE", message)
        .replace("BEFORE", before);
  }

  /** A table by its name. */
  public static Relation table(String name) {
    return Nodes.table(name).build();
  }

  /** Data of so many bytes, none of which look like an extension. */
  static Relation data(int bytes) {
    Relation.Builder relation = Relation.newBuilder();
    relation.getLocalRelationBuilder().setData(ByteString.copyFrom(new byte[bytes]));
    return relation.build();
  }

  /** An extension that is lowered without asking anybody. */
  public static Relation extension(Relation input) {
    return Relation.newBuilder()
        .setExtension(Any.pack(Limit.newBuilder().setInput(input).build()))
        .build();
  }

  /** An extension for which the backend is asked for the columns of its input. */
  static Relation asking(Relation input) {
    return Relation.newBuilder()
        .setExtension(Any.pack(Tail.newBuilder().setInput(input).build()))
        .build();
  }

  /** A command extension that answers with a message of so many bytes. */
  static Command saying(int bytes) {
    return Command.newBuilder().setExtension(Any.pack(StringValue.of("x".repeat(bytes)))).build();
  }

  /** {@code graft.builtin.v1.RowNumber} of this input, whose class is not on this class path. */
  static Relation rowNumber(Relation input) {
    Expression.Builder column = Expression.newBuilder();
    column.getUnresolvedAttributeBuilder().setUnparsedIdentifier("first");
    Expression.SortOrder order =
        Expression.SortOrder.newBuilder()
            .setChild(column)
            .setDirection(Expression.SortOrder.SortDirection.SORT_DIRECTION_ASCENDING)
            .build();
    Expression sorted = Expression.newBuilder().setSortOrder(order).build();
    ByteString.Output message = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(message);
    try {
      out.writeMessage(1, input);
      out.writeMessage(2, sorted);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Relation.newBuilder()
        .setExtension(
            Any.newBuilder()
                .setTypeUrl("type.googleapis.com/graft.builtin.v1.RowNumber")
                .setValue(message.toByteString()))
        .build();
  }

  /** A plan that a client has compressed: zeros, which become so many bytes. */
  static Plan bomb(int bytes) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (ZstdOutputStream out = new ZstdOutputStream(compressed)) {
      byte[] zeros = new byte[1 << 20];
      for (int left = bytes; left > 0; left -= zeros.length) {
        out.write(zeros, 0, Math.min(left, zeros.length));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Plan.newBuilder()
        .setCompressedOperation(
            Plan.CompressedOperation.newBuilder()
                .setData(ByteString.copyFrom(compressed.toByteArray()))
                .setOpType(Plan.CompressedOperation.OpType.OP_TYPE_RELATION)
                .setCompressionCodec(CompressionCodec.COMPRESSION_CODEC_ZSTD))
        .build();
  }

  /** A request to run a plan. */
  public static byte[] execute(String user, String session, Message operation) {
    Plan plan =
        operation instanceof Plan whole
            ? whole
            : operation instanceof Command command
                ? Plan.newBuilder().setCommand(command).build()
                : Plan.newBuilder().setRoot((Relation) operation).build();
    return ExecutePlanRequest.newBuilder()
        .setSessionId(session)
        .setOperationId(session)
        .setUserContext(UserContext.newBuilder().setUserId(user))
        .setPlan(plan)
        .build()
        .toByteArray();
  }

  /** A request for the columns of a relation. */
  public static byte[] schema(String user, String session, Relation relation) {
    AnalyzePlanRequest.Builder request =
        AnalyzePlanRequest.newBuilder()
            .setSessionId(session)
            .setUserContext(UserContext.newBuilder().setUserId(user));
    request.getSchemaBuilder().getPlanBuilder().setRoot(relation);
    return request.build().toByteArray();
  }
}
