package com.acme.nativeplans;

import com.acme.nativeplans.v1.Numbered;
import dev.graft.api.spark.NativeContext;
import dev.graft.api.spark.NativeRelationPlugin;
import dev.graft.spi.PlanningException;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** A dataset in, a dataset out. */
public final class NumberedPlugin implements NativeRelationPlugin<Numbered> {
  @Override
  public Class<Numbered> messageType() {
    return Numbered.class;
  }

  @Override
  public Optional<Dataset<Row>> transform(Numbered numbered, NativeContext context) {
    if (!numbered.hasInput() || numbered.getAs().isEmpty()) {
      throw new PlanningException("Numbered has no input, or no name for its column. Set both.");
    }
    Dataset<Row> input = context.dataset(numbered.getInput());
    return Optional.of(
        input.withColumn(numbered.getAs(), functions.monotonically_increasing_id()));
  }
}
