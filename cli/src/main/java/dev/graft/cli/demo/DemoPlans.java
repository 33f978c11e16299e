package dev.graft.cli.demo;

import com.acme.frames.v1.Mask;
import com.acme.frames.v1.Summarize;
import com.acme.frames.v1.TopK;
import com.google.protobuf.Message;
import dev.graft.encoder.Extensions;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.CreateDataFrameViewCommand;
import org.apache.spark.connect.proto.Deduplicate;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Project;
import org.apache.spark.connect.proto.Read;
import org.apache.spark.connect.proto.Relation;

/** The plans that the demonstration sends. */
final class DemoPlans {
  /** The name that the rows have on the server. */
  static final String VIEW = "penguins";

  private static final String SCHEMA =
      "species STRING, island STRING, bill_length_mm DOUBLE, bill_depth_mm DOUBLE, flipper_length_mm INT,"
          + " body_mass_g INT, sex STRING, year INT";

  private static final Relation PENGUINS =
      Relation.newBuilder()
          .setRead(
              Read.newBuilder()
                  .setNamedTable(Read.NamedTable.newBuilder().setUnparsedIdentifier(VIEW)))
          .build();

  private DemoPlans() {}

  /**
   * The command by which the client gives the rows of a file their name.
   *
   * @param csv the file, which the server reads
   */
  static Command nameRows(Path csv) {
    Read.DataSource source =
        Read.DataSource.newBuilder()
            .setFormat("csv")
            .setSchema(SCHEMA)
            .putOptions("header", "true")
            .putOptions("nullValue", "NA")
            .addPaths(csv.toUri().toString())
            .build();
    return Command.newBuilder()
        .setCreateDataframeView(
            CreateDataFrameViewCommand.newBuilder()
                .setInput(Relation.newBuilder().setRead(Read.newBuilder().setDataSource(source)))
                .setName(VIEW)
                .setReplace(true))
        .build();
  }

  /** The plans, in the order of the story. */
  static List<DemoStep> steps() {
    return List.of(
        relation(
            "A relation: the three heaviest penguins of each species",
            name(TopK.getDefaultInstance()),
            heaviest(3)),
        relation(
            "An expression: islands that only show their last three letters",
            name(Mask.getDefaultInstance()),
            masked()),
        summary(),
        relation(
            "One relation inside another: two plugins, of which one carries an older protobuf",
            Acme.STAMP.getFullName(),
            Extensions.relation(
                Acme.of(Acme.STAMP, heaviest(1), "source", "Palmer  Station\tLTER"))),
        relation(
            "A native relation: rows with Spark's own row numbers",
            Acme.NUMBERED.getFullName(),
            Extensions.relation(Acme.of(Acme.NUMBERED, heaviest(1), "row"))));
  }

  private static String name(Message message) {
    return message.getDescriptorForType().getFullName();
  }

  private static DemoStep relation(String title, String messageName, Relation relation) {
    return new DemoStep(title, messageName, Plan.newBuilder().setRoot(relation).build());
  }

  private static Relation heaviest(int count) {
    return Extensions.relation(
        TopK.newBuilder()
            .setInput(PENGUINS)
            .addBy("species")
            .setOrderBy("body_mass_g")
            .setDescending(true)
            .setK(count)
            .build());
  }

  private static Relation masked() {
    Expression island =
        Extensions.expression(Mask.newBuilder().setInput(column("island")).setKeep(3).build());
    Deduplicate places =
        Deduplicate.newBuilder()
            .setInput(PENGUINS)
            .addColumnNames("species")
            .addColumnNames("island")
            .build();
    Project project =
        Project.newBuilder()
            .setInput(Relation.newBuilder().setDeduplicate(places))
            .addExpressions(column("species"))
            .addExpressions(
                Expression.newBuilder()
                    .setAlias(Expression.Alias.newBuilder().setExpr(island).addName("island")))
            .build();
    return Relation.newBuilder().setProject(project).build();
  }

  private static DemoStep summary() {
    Summarize summarize =
        Summarize.newBuilder().setInput(PENGUINS).setColumn("body_mass_g").build();
    return new DemoStep(
        "A command: a summary of their mass in grams, which comes back as rows",
        name(summarize),
        Plan.newBuilder().setCommand(Extensions.command(summarize)).build());
  }

  private static Expression column(String name) {
    return Expression.newBuilder()
        .setUnresolvedAttribute(
            Expression.UnresolvedAttribute.newBuilder().setUnparsedIdentifier(name))
        .build();
  }
}
