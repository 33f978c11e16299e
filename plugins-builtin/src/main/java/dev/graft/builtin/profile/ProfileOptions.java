package dev.graft.builtin.profile;

import dev.graft.builtin.option.OptionCheck;
import dev.graft.builtin.v1.Profile;
import java.util.List;

/**
 * The options of a profile, checked.
 *
 * @param topValues how many of the most frequent values; 0 for none
 * @param bins how many ranges of a histogram; 0 for none
 * @param countUpTo columns with more distinct values, by the estimate, are not counted
 */
record ProfileOptions(
    int topValues, int bins, List<Double> quantiles, int accuracy, long countUpTo, boolean exact) {
  private static final List<Double> QUANTILES = List.of(0.05, 0.25, 0.5, 0.75, 0.95);
  private static final int MOST_QUANTILES = 100;
  private static final int MOST = 1_000;

  ProfileOptions {
    quantiles = List.copyOf(quantiles);
  }

  static ProfileOptions of(Profile profile, OptionCheck check) {
    ProfileOptions options =
        new ProfileOptions(
            profile.hasTopValues() ? profile.getTopValues() : 10,
            profile.hasBins() ? profile.getBins() : 20,
            profile.getQuantilesCount() > 0 ? profile.getQuantilesList() : QUANTILES,
            profile.hasAccuracy() ? profile.getAccuracy() : 10_000,
            profile.hasCountUpTo() ? profile.getCountUpTo() : 10_000,
            profile.getExact());
    check.between(options.topValues, 0, MOST, "top_values");
    check.between(options.bins, 0, MOST, "bins");
    check.between(options.accuracy, 1, 1_000_000, "accuracy");
    check.between(options.countUpTo, 0, Long.MAX_VALUE, "count_up_to");
    if (options.quantiles.size() > MOST_QUANTILES) {
      throw check.refusal(
          "quantiles", "a list of " + options.quantiles.size(), "Give at most " + MOST_QUANTILES);
    }
    for (double probability : options.quantiles) {
      if (!(probability >= 0 && probability <= 1)) {
        throw check.refusal("quantiles", probability, "Give probabilities from 0 to 1");
      }
    }
    return options;
  }

  /** Whether the distinct values of columns are counted one by one. */
  boolean counts() {
    return topValues > 0 || exact;
  }
}
