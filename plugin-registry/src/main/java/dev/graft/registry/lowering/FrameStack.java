package dev.graft.registry.lowering;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.wire.Varint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages that a walk is inside of, and what is written of them: where something inside
 * changes, the lengths around it change with it. Used once, by one thread.
 */
final class FrameStack {
  /** Bounds the memory of the stack; a hundred times what Spark's own parser follows. */
  static final int MAX_NESTING = 100_000;

  private final ExpansionBudget budget;
  private final Splice splice = new Splice();
  private final List<Frame> frames = new ArrayList<>();
  private int top = -1;

  FrameStack(ExpansionBudget budget) {
    this.budget = budget;
  }

  boolean isEmpty() {
    return top < 0;
  }

  /** The innermost message. */
  Frame top() {
    return frames.get(top);
  }

  /** How many bytes are written, not counting the lengths in front of messages. */
  long size() {
    return splice.size();
  }

  /** Writes a source's bytes from where they were last copied to. */
  void copy(Source source, int to) {
    splice.copy(source, to);
  }

  /** What has become of the plan; its own bytes if nothing has changed. */
  byte[] result(Source plan) {
    Frame whole = frames.get(0);
    if (!whole.changed) {
      return plan.bytes();
    }
    budget.putTogether(whole.newSize);
    return splice.toByteArray((int) whole.newSize);
  }

  /**
   * Puts an alias around an expression of which nothing is written yet. Returns the expression's
   * frame from then on.
   */
  Frame name(Frame expression, @Nullable String name) {
    if (name == null) {
      return expression;
    }
    Source source = expression.source;
    int start = expression.start;
    int end = expression.end;
    markChanged();
    splice.copy(source, start);
    splice.append(NamedColumn.ALIAS_TAG);
    expression.replaceByNothing();
    expression.newSize = NamedColumn.ALIAS_TAG.length;
    Frame alias = push(source, expression.type);
    alias.openNew(source, expression.type, splice.reserveLength());
    byte[] nameAndTag = NamedColumn.nameAndExpressionTag(name);
    splice.append(nameAndTag);
    alias.newSize = nameAndTag.length;
    Frame inner = push(source, expression.type);
    inner.openInside(source, expression.type, splice.reserveLength(), start, end);
    return inner;
  }

  /** Writes everything around an answer; returns the frame in which the answer is walked. */
  Frame replace(Frame replaced, List<NodeLayer> layers, Source answer, NodeHead head) {
    markChanged();
    WalkedType type = replaced.type;
    int commonField = type.site() == null ? Frame.NONE : type.site().commonField();
    splice.copy(replaced.source, replaced.start);
    replaced.source.copiedTo(replaced.end);
    Frame frame = replaced;
    long ownFields = layers.get(0).appendTo(splice, commonField);
    for (NodeLayer inner : layers.subList(1, layers.size())) {
      splice.append(TransparentFilter.FILTER_TAG);
      frame.replaceByNothing();
      frame.newSize = ownFields + TransparentFilter.FILTER_TAG.length;
      Frame filter = push(frame.source, type);
      filter.openNew(frame.source, type, splice.reserveLength());
      filter.newSize = TransparentFilter.CONDITION_AND_INPUT_TAG.length;
      splice.append(TransparentFilter.CONDITION_AND_INPUT_TAG);
      Frame input = push(frame.source, type);
      input.openNew(frame.source, type, splice.reserveLength());
      frame = input;
      ownFields = inner.appendTo(splice, commonField);
    }
    frame.replaceBy(answer);
    frame.newSize += ownFields;
    if (head.commonStart() >= 0) {
      frame.cutStart = head.commonStart();
      frame.newSize -= head.commonEnd() - head.commonStart();
    }
    return frame;
  }

  /** Reserves new lengths for this message and those around it, from the outermost inwards. */
  private void markChanged() {
    int first = top;
    while (first >= 0 && !frames.get(first).changed) {
      first--;
    }
    for (int i = first + 1; i <= top; i++) {
      Frame frame = frames.get(i);
      frame.changed = true;
      if (frame.lengthStart >= 0) {
        splice.copy(frame.source, frame.lengthStart);
        frame.source.copiedTo(frame.start);
        frame.lengthSlot = splice.reserveLength();
      }
    }
  }

  /** Leaves a message that has been read to its end. */
  void close(Frame frame) {
    top--;
    if (top >= 0) {
      frames.get(top).holdsExtension |= frame.holdsExtension;
    }
    if (!frame.changed) {
      return;
    }
    if (frame.wholeSource) {
      splice.copy(frame.source, frame.end);
    }
    budget.checkResult(frame.newSize);
    if (frame.lengthSlot >= 0) {
      splice.fillLength(frame.lengthSlot, (int) frame.newSize);
    }
    if (top >= 0) {
      frames.get(top).newSize += Varint.size(frame.newSize) + frame.newSize - frame.oldSize;
    }
  }

  /**
   * A frame for a message inside the innermost one; the caller must open it.
   *
   * @throws GraftException GRAFT_PLAN_TOO_DEEP
   */
  Frame push(Source source, WalkedType type) {
    if (top + 1 >= MAX_NESTING) {
      throw new GraftException(
          ErrorCode.GRAFT_PLAN_TOO_DEEP,
          "The plan nests more than %d messages in one another. Make it flatter, for example by saving part of it as a table or a checkpoint."
              .formatted(MAX_NESTING));
    }
    top++;
    if (top == frames.size()) {
      frames.add(new Frame(source, type));
    }
    return frames.get(top);
  }
}
