package dev.graft.builtin.check;

import dev.graft.api.PlanningContext;
import dev.graft.api.RelationPlugin;
import dev.graft.builtin.option.OptionCheck;
import dev.graft.builtin.v1.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.connect.proto.Relation;

/** Whether a dataset is as it is expected to be. */
public final class CheckPlugin implements RelationPlugin<Check> {
  private static final int MOST_EXPECTATIONS = 200;

  /** Each of these reads the input anew. */
  private static final int MOST_KEYS = 50;

  private static final int MOST_SAMPLES = 100;
  private static final int SAMPLES = 5;

  @Override
  public Class<Check> messageType() {
    return Check.class;
  }

  @Override
  public Optional<Relation> transform(Check message, PlanningContext context) {
    OptionCheck check = OptionCheck.of(message);
    check.given(message.hasInput(), "input", "Give the DataFrame to check");
    check.notEmpty(message.getExpectationsList(), "expectations", "Give at least one");
    if (message.getExpectationsCount() > MOST_EXPECTATIONS) {
      throw check.refusal(
          "expectations",
          "a list of " + message.getExpectationsCount(),
          "Give at most " + MOST_EXPECTATIONS);
    }
    int samples = message.hasSamples() ? message.getSamples() : SAMPLES;
    check.between(samples, 0, MOST_SAMPLES, "samples");
    List<Expected> expected = new ArrayList<>();
    for (int position = 0; position < message.getExpectationsCount(); position++) {
      expected.add(Expected.of(position, message.getExpectations(position), check));
    }
    long keys = expected.stream().filter(Expected::isOfKeys).count();
    if (keys > MOST_KEYS) {
      throw check.refusal(
          "expectations",
          "a list with " + keys + " of unique and foreign_key",
          "Give at most " + MOST_KEYS + " of these");
    }
    Metrics metrics = new Metrics(message.getInput(), expected);
    if (samples == 0) {
      return Optional.of(metrics.withoutSamples().build());
    }
    Samples taken =
        new Samples(message.getInput(), expected, message.getSampleColumnsList(), samples);
    return Optional.of(metrics.with(taken).build());
  }
}
