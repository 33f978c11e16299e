package dev.graft.builtin.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.api.node.Nodes;
import dev.graft.builtin.v1.Profile;
import dev.graft.testkit.Graft;
import dev.graft.testkit.WithPlugins;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.Test;

@WithPlugins(ProfilePlugin.class)
class ProfilePluginTest {
  private static final Relation ORDERS = Nodes.table("orders").build();

  private static Profile.Builder profile() {
    return Profile.newBuilder().setInput(ORDERS);
  }

  private static String lowered(Graft graft, Profile.Builder profile) {
    return graft.lower(profile.build()).relation().toString();
  }

  @Test
  void statisticsAloneNeedOneUseOfTheInput(Graft graft) {
    graft.schema(ORDERS, "id INT, name STRING");

    String plan = lowered(graft, profile().setTopValues(0).setBins(0));

    assertThat(plan.split("unparsed_identifier: \"orders\"", -1)).hasSize(2);
    assertThat(plan).doesNotContain("unpivot");
  }

  @Test
  void valuesThatHaveNoOrderAreOnlyCounted(Graft graft) {
    graft.schema(ORDERS, "tags MAP<STRING, INT>");

    String plan = lowered(graft, profile());

    assertThat(plan).contains("\"count\"").doesNotContain("approx_count_distinct", "unpivot");
  }

  @Test
  void anInputWithoutColumnsHasNoRows(Graft graft) {
    graft.schema(ORDERS, "");

    assertThat(graft.lower(profile().build()).relation().hasLocalRelation()).isTrue();
  }

  @Test
  void columnsAreChosenByTheirNames(Graft graft) {
    graft.schema(ORDERS, "a INT, B INT, b INT");

    assertThat(lowered(graft, profile().addColumns("A")))
        .contains("string: \"a\"")
        .doesNotContain("string: \"b\"", "string: \"B\"");
    assertThat(lowered(graft, profile().addColumns("b")))
        .contains("string: \"b\"")
        .doesNotContain("string: \"a\"", "string: \"B\"");
    graft
        .refused(profile().addColumns("c").build())
        .saying("Profile.columns is 'c'. Give some of 'a', 'B', 'b'.");
  }

  @Test
  void optionsAreCheckedBeforeTheServerIsAsked(Graft graft) {
    graft
        .refused(profile().clearInput().build())
        .saying("Profile.input is not given. Give the DataFrame to look at.");
    graft.refused(profile().setBins(-1).build()).saying("Profile.bins is -1. Give 0 to 1000.");
    graft
        .refused(profile().addQuantiles(-0.5).build())
        .saying("Profile.quantiles is -0.5. Give probabilities from 0 to 1.");
  }
}
