package dev.graft.builtin.profile;

import dev.graft.api.PlanningContext;
import dev.graft.api.RelationPlugin;
import dev.graft.builtin.option.OptionCheck;
import dev.graft.builtin.schema.InputColumn;
import dev.graft.builtin.schema.InputColumns;
import dev.graft.builtin.v1.Profile;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.connect.proto.Relation;

/** What is in each column of a dataset. */
public final class ProfilePlugin implements RelationPlugin<Profile> {
  @Override
  public Class<Profile> messageType() {
    return Profile.class;
  }

  @Override
  public Optional<Relation> transform(Profile profile, PlanningContext context) {
    OptionCheck check = OptionCheck.of(profile);
    check.given(profile.hasInput(), "input", "Give the DataFrame to look at");
    ProfileOptions options = ProfileOptions.of(profile, check);
    InputColumns input = InputColumns.of(profile.getInput(), context);
    return Optional.of(
        new ProfilePlan(input, chosen(profile, input, check), options).rows().build());
  }

  private static List<InputColumn> chosen(Profile profile, InputColumns input, OptionCheck check) {
    if (profile.getColumnsCount() == 0) {
      return input.all();
    }
    TreeMap<Integer, InputColumn> chosen = new TreeMap<>();
    for (String name : profile.getColumnsList()) {
      List<InputColumn> named = input.named(name);
      if (named.isEmpty()) {
        throw check.refusal(
            "columns", "'" + name + "'", "Give some of " + InputColumns.names(input.all()));
      }
      named.forEach(column -> chosen.put(column.place(), column));
    }
    return List.copyOf(chosen.values());
  }
}
