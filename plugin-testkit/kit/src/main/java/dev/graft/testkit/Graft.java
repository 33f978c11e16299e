package dev.graft.testkit;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.graft.api.node.Nodes;
import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.line.ConnectFields;
import dev.graft.registry.line.ConnectLine;
import dev.graft.spi.Answer;
import dev.graft.spi.Extension;
import dev.graft.spi.ExtensionKind;
import dev.graft.testkit.memory.Memory;
import dev.graft.testkit.memory.TestedPlugins;
import dev.graft.testkit.memory.TreePrinter;
import dev.graft.testkit.schema.KnownSchemas;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Relation;
import org.opentest4j.AssertionFailedError;

/**
 * The tested plugins at work. In memory, extensions are lowered by the registry and the lowering of
 * a host. On a server the same happens, and the server is asked too, so that one test checks both
 * places.
 *
 * <pre>{@code
 * @WithPlugins(TopKPlugin.class)
 * class TopKTest {
 *   @Test
 *   void limitsTheRows(Graft graft) {
 *     graft.lower(TopK.newBuilder().setInput(ORDERS).setK(3).build()).hasTree("…");
 *   }
 * }
 * }</pre>
 *
 * <p>Immutable, except that {@link #schema(Relation, String)} adds schemas; for one thread.
 */
public final class Graft {
  private static final String TYPE_URL_PREFIX = "type.googleapis.com/";

  private final TestedPlugins plugins;
  private final Memory memory;
  private final TreePrinter printer;
  private final KnownSchemas schemas;
  private final Optional<Server> server;
  private final boolean serversToo;
  private final String connectVersion;

  /**
   * Plugins in a place.
   *
   * @param serversToo whether any run of the test is on a server, this one or another
   */
  Graft(TestedPlugins plugins, Optional<Server> server, boolean serversToo) {
    this(plugins, server, serversToo, new KnownSchemas(), newestVersion());
  }

  private Graft(
      TestedPlugins plugins,
      Optional<Server> server,
      boolean serversToo,
      KnownSchemas schemas,
      String connectVersion) {
    this.plugins = plugins;
    this.printer = new TreePrinter(plugins);
    this.schemas = schemas;
    this.server = server;
    this.serversToo = serversToo;
    this.connectVersion = server.map(Server::connectVersion).orElse(connectVersion);
    this.memory =
        new Memory(
            plugins,
            server.map(Server::hostName).orElse("test"),
            this.connectVersion,
            relation -> schemaOf(relation, server, schemas));
  }

  /** Plugins in memory, for a test that JUnit gives no parameters. */
  public static Graft inMemory(Object... plugins) {
    return new Graft(TestedPlugins.of(List.of(plugins), Map.of()), Optional.empty(), false);
  }

  private static String newestVersion() {
    List<ConnectLine> lines = ConnectFields.lines();
    return lines.get(lines.size() - 1) + ".0";
  }

  /** A relation that is nothing but an extension. */
  public static Relation relation(Message extension) {
    return Relation.newBuilder().setExtension(Any.pack(extension)).build();
  }

  /** An expression that is nothing but an extension. */
  public static Expression expression(Message extension) {
    return Expression.newBuilder().setExtension(Any.pack(extension)).build();
  }

  /** A command that is nothing but an extension. */
  public static Command command(Message extension) {
    return Command.newBuilder().setExtension(Any.pack(extension)).build();
  }

  /**
   * The same plugins in memory, told that the server is of another version.
   *
   * @param version such as {@code 3.4.0} or {@code 3.4}
   * @throws IllegalStateException on a server, whose version cannot be changed
   */
  public Graft withConnectVersion(String version) {
    if (server.isPresent()) {
      throw new IllegalStateException(
          "This test runs on " + place() + ", whose version is " + connectVersion + ".");
    }
    return new Graft(plugins, server, serversToo, schemas, version);
  }

  /** Where the test runs: {@code memory}, or the server's title. */
  public String place() {
    return server.map(Server::title).orElse("memory");
  }

  /** The server that the test runs on; empty in memory. */
  public Optional<Server> server() {
    return server;
  }

  /** The Connect version that plugins are told. */
  public String connectVersion() {
    return connectVersion;
  }

  /**
   * Says the schema of a relation, for plugins that ask for it in memory. On a server they ask the
   * server. The schemas of {@code Nodes.rows} and {@code Nodes.range} need not be told.
   *
   * @param columns as DDL, for example {@code id BIGINT NOT NULL, name STRING}
   */
  public Graft schema(Relation relation, String columns) {
    schemas.add(relation, columns);
    return this;
  }

  /** Says the schema of a relation, for plugins that ask for it in memory. */
  public Graft schema(Relation relation, DataType.Struct columns) {
    schemas.add(relation, columns);
    return this;
  }

  /**
   * Lowers an extension of a relation or expression plugin. On a server, the schema of a relation
   * must also be the same with the extension as it is with the lowered plan.
   *
   * @throws GraftException if it is refused
   */
  public Lowered lower(Message extension) {
    ExtensionKind kind = plugins.kindOf(extension.getDescriptorForType().getFullName());
    return switch (kind) {
      case RELATION -> lower(relation(extension));
      case EXPRESSION -> lower(expression(extension));
      case COMMAND ->
          throw new IllegalArgumentException(
              extension.getDescriptorForType().getFullName() + " is a command: execute it.");
    };
  }

  /** Lowers a relation with all extensions in it. */
  public Lowered lower(Relation relation) {
    Lowered lowered = lower(ConnectType.RELATION, relation.toByteArray());
    server.ifPresent(asked -> lowered.hasSchemaOf(relation, asked));
    return lowered;
  }

  /** Lowers an expression with all extensions in it. On a server nothing else is asked. */
  public Lowered lower(Expression expression) {
    return lower(ConnectType.EXPRESSION, expression.toByteArray());
  }

  /**
   * Lowers an extension of which the test has no message class.
   *
   * @param typeUrl such as {@code type.googleapis.com/acme.v1.TopK}
   */
  public Lowered lower(String typeUrl, byte[] value) {
    Any any = any(typeUrl, value);
    return plugins.kindOf(messageName(typeUrl)) == ExtensionKind.RELATION
        ? lower(Relation.newBuilder().setExtension(any).build())
        : lower(Expression.newBuilder().setExtension(any).build());
  }

  private Lowered lower(ConnectType type, byte[] node) {
    byte[] lowered = memory.lower(type, node);
    return new Lowered(type, node, lowered, printer, server, serversToo);
  }

  /**
   * Has a command carried out. On a server, the server carries it out too.
   *
   * @throws GraftException if it is refused
   */
  public Answered execute(Message command) {
    byte[] value = command.toByteArray();
    String typeUrl = TYPE_URL_PREFIX + command.getDescriptorForType().getFullName();
    Optional<Answer> answer = memory.execute(typeUrl, value);
    Optional<Relation> rows =
        server.flatMap(
            asked -> asked.execute(Command.newBuilder().setExtension(any(typeUrl, value)).build()));
    return new Answered(answer, printer, server, rows, serversToo);
  }

  /**
   * An extension that must be refused: in memory, and on a server for the same reason.
   *
   * @throws AssertionFailedError if it is not
   */
  public Refused refused(Message extension) {
    ExtensionKind kind = plugins.kindOf(extension.getDescriptorForType().getFullName());
    return switch (kind) {
      case RELATION -> refused(relation(extension));
      case EXPRESSION ->
          refused(
              () -> lower(expression(extension)),
              asked -> asked.schema(columnOf(expression(extension))));
      case COMMAND ->
          refused(
              () ->
                  memory.execute(
                      TYPE_URL_PREFIX + extension.getDescriptorForType().getFullName(),
                      extension.toByteArray()),
              asked -> asked.execute(command(extension)));
    };
  }

  /**
   * A relation of one column. What the column stands for is asked before its names are resolved.
   */
  private static Relation columnOf(Expression column) {
    return Nodes.range(1).select(Nodes.expression(column)).build();
  }

  /** A relation that must be refused for an extension in it. See {@link #refused(Message)}. */
  public Refused refused(Relation relation) {
    return refused(
        () -> memory.lower(ConnectType.RELATION, relation.toByteArray()),
        asked -> asked.schema(relation));
  }

  private Refused refused(Supplier<?> inMemory, Consumer<Server> onServer) {
    Refused refused = Refused.by(inMemory);
    server.ifPresent(asked -> refused.alsoBy(asked, onServer));
    return refused;
  }

  private static byte[] schemaOf(byte[] relation, Optional<Server> server, KnownSchemas schemas) {
    try {
      Relation asked = Relation.parseFrom(relation);
      DataType.Struct columns = server.isPresent() ? server.get().schema(asked) : schemas.of(asked);
      return DataType.newBuilder().setStruct(columns).build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("A plugin asks for the schema of what is no relation", e);
    }
  }

  private static Any any(String typeUrl, byte[] value) {
    return Any.newBuilder().setTypeUrl(typeUrl).setValue(ByteString.copyFrom(value)).build();
  }

  private static String messageName(String typeUrl) {
    return Extension.messageName(typeUrl);
  }
}
