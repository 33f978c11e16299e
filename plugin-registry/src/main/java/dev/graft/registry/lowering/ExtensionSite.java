package dev.graft.registry.lowering;

import dev.graft.spi.ExtensionKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place of the Connect messages that may hold an extension which is Graft's to expand. The other
 * places of {@code Any} ({@code UserContext.extensions} and the like) belong to the server.
 *
 * @param kind the extension's kind
 * @param type the full name of the message that holds it
 * @param field the number of the {@code Any} field
 * @param commonField the number of the field for what all nodes of the type have in common; -1
 *     where there is none
 */
record ExtensionSite(ExtensionKind kind, String type, int field, int commonField) {
  static final ExtensionSite RELATION =
      new ExtensionSite(ExtensionKind.RELATION, "spark.connect.Relation", 998, 1);
  static final ExtensionSite EXPRESSION =
      new ExtensionSite(ExtensionKind.EXPRESSION, "spark.connect.Expression", 999, 18);
  static final ExtensionSite COMMAND =
      new ExtensionSite(ExtensionKind.COMMAND, "spark.connect.Command", 999, -1);

  static final List<ExtensionSite> ALL = List.of(RELATION, EXPRESSION, COMMAND);

  /** The site in a message type, or null. */
  static @Nullable ExtensionSite of(String type) {
    for (ExtensionSite site : ALL) {
      if (site.type.equals(type)) {
        return site;
      }
    }
    return null;
  }
}
