package dev.graft.builtin.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.api.node.Nodes;
import dev.graft.builtin.v1.Similarity;
import dev.graft.builtin.v1.Similarity.Measure;
import dev.graft.testkit.Graft;
import dev.graft.testkit.WithPlugins;
import org.apache.spark.connect.proto.Expression;
import org.junit.jupiter.api.Test;

@WithPlugins(SimilarityPlugin.class)
class SimilarityPluginTest {
  private static Similarity.Builder similarity(Measure measure) {
    return Similarity.newBuilder()
        .setLeft(Nodes.column("left").build())
        .setRight(Nodes.column("right").build())
        .setMeasure(measure);
  }

  @Test
  void levenshteinOfColumnsIsWhatOneWouldWriteByHand(Graft graft) {
    var left = Nodes.column("left").cast("STRING");
    var right = Nodes.column("right").cast("STRING");
    var longest =
        Nodes.call(
            "greatest", Nodes.call("char_length", left), Nodes.call("char_length", right), 1);

    assertThat(graft.lower(similarity(Measure.LEVENSHTEIN).build()).expression())
        .isEqualTo(
            Nodes.literal(1.0)
                .minus(Nodes.call("levenshtein", left, right).dividedBy(longest))
                .as("similarity(left)")
                .build());
  }

  @Test
  void operandThatIsNoColumnStandsInThePlanOnce(Graft graft) {
    Expression random = Nodes.call("rand").build();

    String tree =
        graft
            .lower(similarity(Measure.LEVENSHTEIN).setLeft(random).setRight(random).build())
            .tree();

    assertThat(tree.split("\"rand\"", -1)).hasSize(3);
  }

  @Test
  void optionsOfOtherMeasuresAreRefused(Graft graft) {
    graft
        .refused(similarity(Measure.LEVENSHTEIN).setGramLength(2).build())
        .saying("Similarity.gram_length is 2. Leave it out, or measure JACCARD or COSINE.");
    graft
        .refused(similarity(Measure.COSINE).setPrefixWeight(0.1).build())
        .saying("Similarity.prefix_weight is 0.1. Leave it out, or measure JARO_WINKLER.");
    graft
        .refused(similarity(Measure.JARO_WINKLER).setPrefixWeight(Double.NaN).build())
        .saying("Similarity.prefix_weight is NaN. Give 0 to 0.25.");
    graft
        .refused(similarity(Measure.JACCARD).setGramLength(17).build())
        .saying("Similarity.gram_length is 17. Give 1 to 16.");
    graft
        .refused(similarity(Measure.JACCARD).clearRight().build())
        .saying("Similarity.right is not given. Give the text to compare with.");
  }
}
