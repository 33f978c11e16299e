package dev.graft.encoder.vectors;

import com.google.protobuf.ByteString;
import java.util.Base64;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Limit;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Range;
import org.apache.spark.connect.proto.Read;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.RelationCommon;

/** Relations, expressions and plans to put into messages, as base64 of their bytes. */
final class SampleInputs {
  private SampleInputs() {}

  static final Relation SALES =
      Relation.newBuilder()
          .setCommon(RelationCommon.newBuilder().setPlanId(7))
          .setRead(
              Read.newBuilder()
                  .setNamedTable(Read.NamedTable.newBuilder().setUnparsedIdentifier("sales")))
          .build();

  static final Relation NUMBERS =
      Relation.newBuilder().setRange(Range.newBuilder().setStart(-1).setEnd(10).setStep(1)).build();

  static final Expression PRICE =
      Expression.newBuilder()
          .setUnresolvedAttribute(
              Expression.UnresolvedAttribute.newBuilder().setUnparsedIdentifier("price"))
          .build();

  static final Plan PLAN = Plan.newBuilder().setRoot(SALES).build();

  static String sales() {
    return base64(SALES.toByteString());
  }

  static String numbers() {
    return base64(NUMBERS.toByteString());
  }

  static String price() {
    return base64(PRICE.toByteString());
  }

  static String plan() {
    return base64(PLAN.toByteString());
  }

  /** Deeper than protobuf's parsers go unless they are told to. */
  static String deep(int levels) {
    Relation relation = SALES;
    for (int level = 0; level < levels; level++) {
      relation =
          Relation.newBuilder()
              .setLimit(Limit.newBuilder().setInput(relation).setLimit(level))
              .build();
    }
    return base64(relation.toByteString());
  }

  /** A relation as a newer Spark might write it, with its fields in another order. */
  static String unknownFields() {
    return base64(ByteString.copyFrom(new byte[] {(byte) 0xfa, 0x7f, 1, 9, 0x0a, 2, 0x10, 7}));
  }

  static String base64(ByteString bytes) {
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
