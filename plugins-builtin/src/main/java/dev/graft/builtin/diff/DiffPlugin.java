package dev.graft.builtin.diff;

import dev.graft.api.PlanningContext;
import dev.graft.api.RelationPlugin;
import dev.graft.builtin.option.OptionCheck;
import dev.graft.builtin.schema.InputColumns;
import dev.graft.builtin.v1.Diff;
import java.util.Optional;
import org.apache.spark.connect.proto.Relation;

/** The differences of two datasets, by a full outer join on their ids. */
public final class DiffPlugin implements RelationPlugin<Diff> {
  @Override
  public Class<Diff> messageType() {
    return Diff.class;
  }

  @Override
  public Optional<Relation> transform(Diff diff, PlanningContext context) {
    OptionCheck check = OptionCheck.of(diff);
    check.given(diff.hasLeft(), "left", "Give the DataFrame that was before");
    check.given(diff.hasRight(), "right", "Give the DataFrame that is after");
    DiffOptions options = DiffOptions.of(diff, check);
    ComparatorCheck.all(diff, check);
    MatchedColumns columns =
        MatchedColumns.of(
            diff,
            InputColumns.of(diff.getLeft(), context),
            InputColumns.of(diff.getRight(), context),
            check);
    Comparisons comparisons = Comparisons.of(diff, columns, check);
    return Optional.of(new DiffPlan(options, columns, comparisons, check).rows().build());
  }
}
