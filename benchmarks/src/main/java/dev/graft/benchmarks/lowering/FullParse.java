package dev.graft.benchmarks.lowering;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Project;

/** What Graft is compared with: a proxy that uses nothing but protobuf-java. */
final class FullParse {
  private FullParse() {}

  /** As {@code Plan.parseFrom}, but reads as many levels as asked for. */
  static Plan parse(byte[] plan, int levels) {
    CodedInputStream input = CodedInputStream.newInstance(plan);
    input.setRecursionLimit(levels);
    try {
      return Plan.parseFrom(input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Parses a plan and serialises it again. Reads as many levels as Spark does. */
  static byte[] parseAndSerialise(byte[] plan) {
    return parse(plan, 1024).toByteArray();
  }

  /**
   * Parses a plan that is a projection, puts an expression in the place of the extensions among its
   * columns, and serialises it again. Looks nowhere else for extensions.
   */
  static byte[] replaceColumns(byte[] plan, Expression answer) {
    Plan.Builder builder = parse(plan, 1024).toBuilder();
    Project.Builder project = builder.getRootBuilder().getProjectBuilder();
    for (int i = 0; i < project.getExpressionsCount(); i++) {
      if (project.getExpressions(i).hasExtension()) {
        project.setExpressions(i, answer);
      }
    }
    return builder.build().toByteArray();
  }
}
