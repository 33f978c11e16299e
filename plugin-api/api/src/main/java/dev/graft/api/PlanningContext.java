package dev.graft.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.graft.spi.HostContext;
import dev.graft.spi.LoadedExtension;
import dev.graft.spi.PlanningException;
import dev.graft.spi.SchemaUnavailableException;
import dev.graft.spi.StatusTable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Relation;

/**
 * The request around an extension, and the server it runs in. Belongs to one request and is not to
 * be kept after the plugin has answered.
 */
public class PlanningContext {
  private static final Pattern LINE = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?!\\d).*");

  private final HostContext host;

  /**
   * Wraps what the host tells. Made by the framework; a plugin's tests may make one over a {@link
   * HostContext} of their own.
   */
  public PlanningContext(HostContext host) {
    this.host = Objects.requireNonNull(host, "host");
  }

  /**
   * The user as the client named it; Spark Connect does not verify this name. Empty where the
   * client gave none.
   */
  public String userId() {
    return host.userId();
  }

  /** The session, a UUID in canonical form; empty where the host cannot tell. */
  public String sessionId() {
    return host.sessionId();
  }

  /** Whether the server only analyses the plan, or runs it. */
  public HostContext.Phase phase() {
    return host.phase();
  }

  /** The host's name, {@code spark} or {@code gateway}. */
  public String hostName() {
    return host.hostName();
  }

  /** The version of the Connect server that will run the plan, for example {@code 4.2.0}. */
  public String connectVersion() {
    return host.connectVersion();
  }

  /**
   * Whether that server is of a line or a later one: {@code connectIsAtLeast(4, 0)}. False where
   * its version does not begin with two numbers: a plan for an earlier line runs on later ones too.
   *
   * @param major the line's first number
   * @param minor the line's second number
   */
  public boolean connectIsAtLeast(int major, int minor) {
    Matcher line = LINE.matcher(host.connectVersion());
    if (!line.matches()) {
      return false;
    }
    int actual = Integer.parseInt(line.group(1));
    return actual == major ? Integer.parseInt(line.group(2)) >= minor : actual > major;
  }

  /**
   * The plugin's own settings: the configuration's entries under {@code spark.graft.plugin.<id>.},
   * in a gateway {@code graft.plugin.<id>.}, by what follows that.
   */
  public Map<String, String> settings() {
    return host.settings();
  }

  /**
   * All extensions that the server answers, in the order in which plugins are asked. The first call
   * asks every plugin for descriptions, which may take a while; the list is kept after that. Empty
   * where the host does not tell.
   */
  public List<LoadedExtension> extensions() {
    return host.extensions();
  }

  /**
   * What the server tells a client of itself: its {@code plugins} with what came of their calls,
   * what was {@code refused} when it loaded them, or the last {@code failures} of this request's
   * session. No rows where the host does not tell, or knows no such table.
   *
   * @param table the table's name
   */
  public StatusTable status(String table) {
    return host.status(table);
  }

  /**
   * The columns of a relation, as the server that will run the plan tells them: what a client's own
   * {@code DataFrame.schema} would say of it, in the same session. With them a plugin can write the
   * plan that its user would write by hand.
   *
   * <p>Fields come in the order of the columns, and as they are: two columns may have the same
   * name, and a name may be empty or hold dots, backticks and blanks. {@code Nodes.columnNamed}
   * quotes a name; {@code toDF} with names of the plugin's own tells duplicates apart.
   *
   * <p>It costs one analysis of the relation, and in a gateway a round trip to the backend too;
   * nothing is run. Inside Spark 4.0 and later the analysis serves the answer that holds the
   * relation as well. So ask only if the plan depends on the answer, and after the message itself
   * has been checked. Answers are kept for the request by the relation's bytes: to ask again, from
   * this plugin or from one nested inside it, costs a look-up. How many relations a request may ask
   * about, and how deep inside one another, is limited (GRAFT_SCHEMA_TOO_LARGE,
   * GRAFT_SCHEMA_TOO_DEEP). To be called on the thread that the plugin was called on.
   *
   * @param relation may hold extensions; they are answered as anywhere else
   * @throws SchemaUnavailableException if this host cannot tell
   * @throws RuntimeException what the server says against the relation, a table or a column that is
   *     not there for instance. Let it pass: the client then sees that error, with its own error
   *     class, as if it had asked itself
   */
  public DataType.Struct schema(Relation relation) {
    byte[] answer = host.schema(relation.toByteArray());
    DataType type =
        Messages.parse(
            UnsafeByteOperations.unsafeWrap(answer), DataType.parser(), "spark.connect.DataType");
    if (!type.hasStruct()) {
      throw new IllegalStateException(
          "The host '"
              + host.hostName()
              + "' describes a relation by "
              + type.getKindCase()
              + " where a struct is wanted.");
    }
    return type.getStruct();
  }

  /**
   * Reads a relation that came as bytes, to {@value Messages#RECURSION_LIMIT} levels of messages,
   * as deep as Spark reads a plan.
   *
   * @throws PlanningException if the bytes are not a {@code spark.connect.Relation}
   */
  public Relation relation(ByteString bytes) {
    return Messages.parse(bytes, Relation.parser(), "spark.connect.Relation");
  }

  /**
   * Reads an expression that came as bytes, to {@value Messages#RECURSION_LIMIT} levels of
   * messages.
   *
   * @throws PlanningException if the bytes are not a {@code spark.connect.Expression}
   */
  public Expression expression(ByteString bytes) {
    return Messages.parse(bytes, Expression.parser(), "spark.connect.Expression");
  }

  /**
   * The root relation of a plan that came as bytes, to {@value Messages#RECURSION_LIMIT} levels of
   * messages.
   *
   * @throws PlanningException if the bytes are not a {@code spark.connect.Plan}, or the plan has no
   *     root relation
   */
  public Relation planRoot(ByteString bytes) {
    return planRoot(Messages.parse(bytes, Plan.parser(), "spark.connect.Plan"));
  }

  /**
   * The root relation of a plan.
   *
   * @throws PlanningException if the plan has no root relation
   */
  public Relation planRoot(Plan plan) {
    if (!plan.hasRoot()) {
      throw new PlanningException(
          "The nested plan holds "
              + plan.getOpTypeCase()
              + " where a root relation is wanted. Send the plan of a DataFrame.");
    }
    return plan.getRoot();
  }

  /** What the host tells, in the terms of the waist. */
  protected final HostContext host() {
    return host;
  }
}
