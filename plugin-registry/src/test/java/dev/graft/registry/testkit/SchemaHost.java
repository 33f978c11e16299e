package dev.graft.registry.testkit;

import com.google.protobuf.ByteString;
import dev.graft.api.Messages;
import dev.graft.registry.PlanLowering;
import dev.graft.registry.RequestContext;
import dev.graft.registry.SchemaQuestions;
import dev.graft.registry.error.HostFailure;
import dev.graft.registry.lowering.ExpansionBudget;
import dev.graft.registry.lowering.SchemaLimits;
import dev.graft.spi.Engine;
import dev.graft.spi.Extension;
import dev.graft.spi.HostContext.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.Relation;

/**
 * A host whose tables have columns that are named after them: a table {@code a,b} has the columns a
 * and b. It knows projections of tables, and keeps what it was asked.
 */
public final class SchemaHost implements RequestContext {
  /** The relations it was asked about, in this order. */
  public final List<Relation> asked = new ArrayList<>();

  private final SchemaQuestions questions;

  /** A host for one request. */
  public SchemaHost(PlanLowering lowering, ExpansionBudget budget, SchemaLimits limits) {
    this.questions = new SchemaQuestions(lowering, budget, limits);
  }

  /** What is asked and told. */
  public SchemaQuestions questions() {
    return questions;
  }

  @Override
  public byte[] schema(Extension asker, byte[] relation) {
    return questions.answer(asker, relation, this, this::tell);
  }

  private byte[] tell(byte[] relation) {
    Relation last =
        Messages.parse(ByteString.copyFrom(relation), Relation.parser(), "spark.connect.Relation");
    asked.add(last);
    while (last.hasProject()) {
      last = last.getProject().getInput();
    }
    String table = last.getRead().getNamedTable().getUnparsedIdentifier();
    if (table.isEmpty()) {
      throw new HostFailure(new IllegalStateException("no such table"));
    }
    DataType.Struct.Builder struct = DataType.Struct.newBuilder();
    for (String column : table.split(",", -1)) {
      struct.addFieldsBuilder().setName(column).getDataTypeBuilder().getLongBuilder();
    }
    return DataType.newBuilder().setStruct(struct).build().toByteArray();
  }

  @Override
  public String userId() {
    return TestRequest.SOME.userId();
  }

  @Override
  public String sessionId() {
    return TestRequest.SOME.sessionId();
  }

  @Override
  public Phase phase() {
    return TestRequest.SOME.phase();
  }

  @Override
  public String hostName() {
    return TestRequest.SOME.hostName();
  }

  @Override
  public String connectVersion() {
    return TestRequest.SOME.connectVersion();
  }

  @Override
  public Optional<Engine> engine() {
    return Optional.empty();
  }
}
