package dev.graft.benchmarks.dispatch;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.graft.api.RelationPlugin;
import dev.graft.benchmarks.dispatch.message.Bounds;
import dev.graft.benchmarks.dispatch.message.Column;
import dev.graft.benchmarks.dispatch.message.Options;
import dev.graft.benchmarks.dispatch.message.Report;
import dev.graft.benchmarks.dispatch.plugin0000.GraftPlugin;
import dev.graft.benchmarks.dispatch.plugin0000.Series;
import java.util.stream.IntStream;
import org.apache.spark.connect.proto.Filter;
import org.apache.spark.connect.proto.Limit;
import org.apache.spark.connect.proto.Range;
import org.apache.spark.connect.proto.Relation;

/** Messages of which some have others in them. */
public enum Sent {
  /** A number and 80 bytes. */
  FLAT,
  /** The same with 1 MB. */
  LARGE,
  /** An input of three relations, and one message of its own. */
  WITH_INPUT,
  /** The same with a list of eight messages, each with another in it. */
  WITH_LIST,
  /** The same with a map to eight messages. */
  WITH_MAP;

  /** A plugin for the message. */
  RelationPlugin<? extends Message> plugin() {
    return this == FLAT || this == LARGE ? new GraftPlugin() : new ReportPlugin();
  }

  /** The message. */
  Message message() {
    return switch (this) {
      case FLAT -> series(80);
      case LARGE -> series(1_000_000);
      case WITH_INPUT -> report().build();
      case WITH_LIST ->
          report()
              .addAllColumns(
                  IntStream.range(0, 8)
                      .mapToObj(
                          number ->
                              Column.newBuilder()
                                  .setName("column " + number)
                                  .setBounds(bounds(number))
                                  .build())
                      .toList())
              .build();
      case WITH_MAP -> {
        Report.Builder report = report();
        IntStream.range(0, 8)
            .forEach(number -> report.putBounds("column " + number, bounds(number)));
        yield report.build();
      }
    };
  }

  private static Message series(int bytes) {
    return Series.newBuilder().setStart(1).setPadding(ByteString.copyFrom(new byte[bytes])).build();
  }

  private static Report.Builder report() {
    Relation range =
        Relation.newBuilder().setRange(Range.newBuilder().setEnd(9).setStep(1)).build();
    Relation filter = Relation.newBuilder().setFilter(Filter.newBuilder().setInput(range)).build();
    return Report.newBuilder()
        .setInput(Relation.newBuilder().setLimit(Limit.newBuilder().setInput(filter).setLimit(3)))
        .setOptions(Options.newBuilder().setStrict(true).setTitle("quarter"));
  }

  private static Bounds bounds(int number) {
    return Bounds.newBuilder().setLeast(number).setMost(1_000 + number).build();
  }
}
