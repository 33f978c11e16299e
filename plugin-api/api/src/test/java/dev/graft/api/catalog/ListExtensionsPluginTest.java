package dev.graft.api.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.graft.api.PlanningContext;
import dev.graft.catalog.v1.ListExtensions;
import dev.graft.spi.Engine;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.HostContext;
import dev.graft.spi.LoadedExtension;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.Test;

class ListExtensionsPluginTest {
  private static final LoadedExtension TOP_K =
      new LoadedExtension(
          ExtensionKind.RELATION,
          "top_k",
          "acme.v1.TopK",
          "acme.TopKPlugin",
          "acme-1.2.jar",
          "1.2",
          "The k first rows.",
          new byte[] {10, 0});
  private static final LoadedExtension ABOUT =
      new LoadedExtension(
          ExtensionKind.COMMAND, "about", "acme.v1.About", "acme.About", "b.jar", "", "", bytes());

  private static byte[] bytes() {
    return new byte[0];
  }

  /** A server with these extensions. */
  private record Server(List<LoadedExtension> extensions) implements HostContext {
    @Override
    public String userId() {
      return "";
    }

    @Override
    public String sessionId() {
      return "";
    }

    @Override
    public Phase phase() {
      return Phase.UNKNOWN;
    }

    @Override
    public String hostName() {
      return "test";
    }

    @Override
    public String connectVersion() {
      return "3.4.0";
    }

    @Override
    public Map<String, String> settings() {
      return Map.of();
    }

    @Override
    public Optional<Engine> engine() {
      return Optional.empty();
    }
  }

  private static Relation list(boolean withDescriptors, LoadedExtension... extensions) {
    return new ListExtensionsPlugin()
        .transform(
            ListExtensions.newBuilder().setWithDescriptors(withDescriptors).build(),
            new PlanningContext(new Server(List.of(extensions))))
        .orElseThrow();
  }

  /** The structs of the array that the one column unfolds. */
  private static List<Expression> structs(Relation relation) {
    Expression inline = relation.getProject().getExpressions(0);
    assertThat(inline.getUnresolvedFunction().getFunctionName()).isEqualTo("inline");
    Expression array = inline.getUnresolvedFunction().getArguments(0);
    assertThat(array.getUnresolvedFunction().getFunctionName()).isEqualTo("array");
    return array.getUnresolvedFunction().getArgumentsList();
  }

  private static List<String> texts(Expression struct) {
    return struct.getUnresolvedFunction().getArgumentsList().stream()
        .filter(argument -> argument.getLiteral().hasString())
        .map(argument -> argument.getLiteral().getString())
        .toList();
  }

  @Test
  void eachExtensionIsARowInTheOrderOfTheServer() {
    List<Expression> rows = structs(list(false, TOP_K, ABOUT));

    assertThat(rows).hasSize(2);
    assertThat(texts(rows.get(0)))
        .containsExactly(
            "kind",
            "relation",
            "name",
            "top_k",
            "message",
            "acme.v1.TopK",
            "plugin",
            "acme.TopKPlugin",
            "jar",
            "acme-1.2.jar",
            "version",
            "1.2",
            "documentation",
            "The k first rows.",
            "descriptors");
    assertThat(texts(rows.get(1))).contains("command", "about");
  }

  @Test
  void descriptorsAreNullUnlessAskedForAndThere() {
    Expression withheld = last(structs(list(false, TOP_K)).get(0));
    Expression given = last(structs(list(true, TOP_K)).get(0));
    Expression missing = last(structs(list(true, ABOUT)).get(0));

    assertThat(given.getLiteral().getBinary())
        .isEqualTo(ByteString.copyFrom(TOP_K.descriptorSet()));
    assertThat(withheld.getCast().getTypeStr()).isEqualTo("binary");
    assertThat(withheld.getCast().getExpr().getLiteral().hasNull()).isTrue();
    assertThat(missing).isEqualTo(withheld);
  }

  private static Expression last(Expression struct) {
    return struct
        .getUnresolvedFunction()
        .getArguments(struct.getUnresolvedFunction().getArgumentsCount() - 1);
  }

  @Test
  void aHostThatTellsNothingStillGivesTheColumns() {
    Relation nothing = list(true);

    assertThat(nothing.getLimit().getLimit()).isZero();
    assertThat(texts(structs(nothing.getLimit().getInput()).get(0)))
        .contains("kind", "name", "descriptors");
  }
}
