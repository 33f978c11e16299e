import static org.apache.spark.sql.functions.col;

import com.acme.frames.v1.client.Frames;
import dev.graft.catalog.v1.ServerStatus;
import dev.graft.encoder.GraftInputException;
import dev.graft.encoder.RelationInput;
import dev.graft.encoder.spark.SparkAnswer;
import dev.graft.encoder.spark.SparkExtensions;
import dev.graft.encoder.spark.SparkInputs;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a user of Spark's own client writes with a generated client. Arguments: the address of a
 * server with the extensions, and that of one without Graft.
 */
public final class SparkClient {
  private SparkClient() {}

  public static void main(String[] arguments) throws Exception {
    SparkSession spark = SparkSession.builder().remote(arguments[0]).create();
    Dataset<Row> cities =
        spark.sql(
            "SELECT * FROM VALUES ('Bonn', 'de', 331), ('Ulm', 'de', 126), ('Graz', 'at', 303),"
                + " ('Wels', 'at', 65) AS cities(name, country, thousands)");

    Dataset<Row> best = best(spark, cities.filter(col("thousands").gt(100)));
    print("relation", best.orderBy("name").collectAsList());
    print("its column", best.select(best.col("name")).orderBy("name").collectAsList());
    print("nested", best(spark, best).orderBy("name").collectAsList());

    print("expression of a column", masked(cities, Frames.mask(SparkInputs.of(col("name"))).keep(1)));
    print("expression of a name", masked(cities, Frames.mask("name").keep(1).with("#")));

    SparkAnswer summary =
        SparkExtensions.execute(spark, Frames.summarize(SparkInputs.of(cities), "thousands").values());
    print("rows of a command", ((SparkAnswer.Rows) summary).rows().collectAsList());
    SparkAnswer published =
        SparkExtensions.execute(spark, Frames.publish(SparkInputs.of(best), "best_of_spark").values());
    print("published", published instanceof SparkAnswer.Nothing);
    print("view", spark.table("best_of_spark").count());
    Frames.AboutReply about =
        Frames.About.reply(SparkExtensions.execute(spark, Frames.about().values()));
    print("message of a command", about.host() + " " + about.connectVersion());
    print(
        "catalogue",
        SparkExtensions.extensions(spark, false)
            .filter(col("message").equalTo("acme.frames.v1.TopK"))
            .select("kind", "name")
            .collectAsList());

    print(
        "status",
        SparkExtensions.status(spark, ServerStatus.Table.PLUGINS)
            .filter(col("message").equalTo("acme.frames.v1.TopK").and(col("accepted").gt(0)))
            .select("kind", "declined")
            .collectAsList());

    SparkSession other = SparkSession.builder().remote(arguments[1]).create();
    refused("other session", () -> best(other, cities));
    refused("wrong type", () -> best(spark, () -> col("name")));
    refused(
        "missing",
        () -> SparkExtensions.dataFrame(spark, Frames.topK(SparkInputs.of(cities), "", 1).values()));
    refused("unknown", () -> SparkExtensions.dataFrame(spark, Frames.about().values()).count());
    refused("without Graft", () -> best(other, other.range(3).toDF("thousands")).count());
    other.close();
    spark.close();
  }

  private static Dataset<Row> best(SparkSession spark, Dataset<Row> cities) {
    return best(spark, SparkInputs.of(cities));
  }

  private static Dataset<Row> best(SparkSession spark, RelationInput cities) {
    Frames.TopK topK = Frames.topK(cities, "thousands", 1).descending(true);
    return SparkExtensions.dataFrame(spark, topK.by(List.of("country")).values());
  }

  private static List<Row> masked(Dataset<Row> cities, Frames.Mask mask) {
    return cities
        .select(SparkExtensions.column(mask.values()).as("m"))
        .orderBy("m")
        .collectAsList();
  }

  private static void refused(String what, Runnable call) {
    try {
      call.run();
      print(what, "not refused");
    } catch (GraftInputException e) {
      print(what, e.getMessage());
    } catch (Exception e) {
      print(what, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private static void print(String what, Object value) {
    System.out.println("> " + what + ": " + value);
  }
}
