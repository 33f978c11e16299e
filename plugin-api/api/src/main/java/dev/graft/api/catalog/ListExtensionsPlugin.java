package dev.graft.api.catalog;

import static dev.graft.api.node.Nodes.call;
import static dev.graft.api.node.Nodes.literal;
import static dev.graft.api.node.Nodes.nullOf;
import static dev.graft.api.node.Nodes.range;

import dev.graft.api.PlanningContext;
import dev.graft.api.RelationPlugin;
import dev.graft.api.node.ExpressionNode;
import dev.graft.api.node.RelationNode;
import dev.graft.catalog.v1.ListExtensions;
import dev.graft.spi.ExtensionKind;
import dev.graft.spi.LoadedExtension;
import java.util.List;
import java.util.Optional;
import org.apache.spark.connect.proto.Relation;

/**
 * Answers {@code graft.v1.ListExtensions} with one row for each extension, in the order in which
 * plugins are asked.
 *
 * <p>The rows are literals in an array of structs, which engines have understood since before Spark
 * 3.4; a local relation would need Arrow to be written here.
 */
public final class ListExtensionsPlugin implements RelationPlugin<ListExtensions> {
  private static final LoadedExtension NOTHING =
      new LoadedExtension(ExtensionKind.RELATION, "", "", "", "", "", "", new byte[0]);

  @Override
  public Class<ListExtensions> messageType() {
    return ListExtensions.class;
  }

  @Override
  public Optional<Relation> transform(ListExtensions request, PlanningContext context) {
    List<LoadedExtension> extensions = context.extensions();
    boolean withDescriptors = request.getWithDescriptors();
    RelationNode rows =
        extensions.isEmpty()
            ? rows(List.of(NOTHING), withDescriptors).limit(0) // keeps the columns
            : rows(extensions, withDescriptors);
    return Optional.of(rows.build());
  }

  private static RelationNode rows(List<LoadedExtension> extensions, boolean withDescriptors) {
    List<ExpressionNode> structs =
        extensions.stream().map(extension -> struct(extension, withDescriptors)).toList();
    return range(1).select(call("inline", call("array", structs)));
  }

  private static ExpressionNode struct(LoadedExtension extension, boolean withDescriptors) {
    boolean described = withDescriptors && extension.descriptorSet().length > 0;
    return call(
        "named_struct",
        "kind",
        extension.kind().word(),
        "name",
        extension.name(),
        "message",
        extension.message(),
        "plugin",
        extension.plugin(),
        "jar",
        extension.jar(),
        "version",
        extension.version(),
        "documentation",
        extension.documentation(),
        "descriptors",
        described ? literal(extension.descriptorSet()) : nullOf("binary"));
  }
}
