package dev.graft.testkit.tree;

import dev.graft.registry.descriptor.ConnectType;
import dev.graft.registry.descriptor.Descriptors;
import dev.graft.registry.wire.Slice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Prints serialised Connect messages as trees for people.
 *
 * <p>Each set field makes a line with its name and value or type; long texts and bytes are cut and
 * their length is given; a {@code google.protobuf.Any} shows its type URL and, where the message is
 * known, its fields. What cannot be read makes a line that says so: malformed bytes are printed as
 * far as they go, and nothing is thrown. Immutable and safe for use by several threads.
 */
public final class PlanTree {
  private final TreeReader reader;
  private final int maximumLines;

  /**
   * A printer.
   *
   * @param descriptors the messages it knows: {@link Descriptors#ofConnect} and those of plugins
   * @param maximumLines how many lines a tree may have, at least 1; what is left out is said in one
   *     line more
   */
  public PlanTree(Descriptors descriptors, int maximumLines) {
    if (maximumLines < 1) {
      throw new IllegalArgumentException("At least one line, not " + maximumLines);
    }
    this.reader = new TreeReader(Objects.requireNonNull(descriptors, "descriptors"), maximumLines);
    this.maximumLines = maximumLines;
  }

  /** The tree of a serialised message, each line with a line feed at its end. */
  public String print(ConnectType type, byte[] message) {
    return print(type.fullName(), message);
  }

  /**
   * The tree of a serialised message of any type; where the type is not known, fields are shown by
   * their numbers.
   *
   * @param fullName the full protobuf name of its type
   */
  public String print(String fullName, byte[] message) {
    StringBuilder out = new StringBuilder();
    out.append(fullName.substring(fullName.lastIndexOf('.') + 1)).append('\n');
    int lines = 1;
    Deque<Level> levels = new ArrayDeque<>();
    Slice whole = new Slice(message, 0, message.length);
    levels.push(new Level("", reader.fields(fullName, whole)));
    while (!levels.isEmpty()) {
      Level level = levels.element();
      if (!level.nodes.hasNext()) {
        levels.pop();
        continue;
      }
      if (lines == maximumLines) {
        return out.append("… (cut off after ").append(lines).append(" lines)\n").toString();
      }
      TreeNode node = level.nodes.next();
      boolean last = !level.nodes.hasNext();
      out.append(level.indent).append(last ? "└─ " : "├─ ").append(node.text()).append('\n');
      lines++;
      Slice content = node.content();
      if (content != null) {
        List<TreeNode> inner = reader.fields(node.typeName(), content);
        levels.push(new Level(level.indent + (last ? "   " : "│  "), inner));
      }
    }
    return out.toString();
  }

  private static final class Level {
    private final String indent;
    private final Iterator<TreeNode> nodes;

    Level(String indent, List<TreeNode> nodes) {
      this.indent = indent;
      this.nodes = new ArrayList<>(nodes).iterator();
    }
  }

  /**
   * One line and what hangs below it.
   *
   * @param text the line
   * @param typeName the type of the message below; empty where there is none
   * @param content the message below; null where there is none
   */
  record TreeNode(String text, String typeName, @Nullable Slice content) {
    static TreeNode leaf(String text) {
      return new TreeNode(text, "", null);
    }
  }
}
