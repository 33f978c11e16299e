package dev.graft.registry.lowering;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.wire.AnyMessage;
import dev.graft.registry.wire.Slice;
import dev.graft.registry.wire.WireCursor;
import dev.graft.registry.wire.WireException;
import dev.graft.spi.Extension;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way through a plan and all answers in it. Used once, by one thread.
 *
 * <p><b>What it enters.</b> It reads all tags of each message that it enters. A field that cannot
 * lead to an extension is stepped over by its length. A message that can is entered only if it
 * holds bytes that look like the tag of an extension ({@link CandidateCursor}); otherwise it stays
 * as it is. Searching a large message may mean reading data that entering it would step over; hence
 * a message of more than {@link #SEARCHED} bytes is entered without a search. So a projection of a
 * thousand columns costs a thousand tags and a search, and 16 MB of local data cost one tag.
 *
 * <p><b>What it takes.</b> Each tag is read once and each byte searched at most once, so the time
 * is linear in the plan's size however deep it nests. Entering costs the time of searching some
 * hundred bytes; a message that is entered in vain has more than {@link #SEARCHED} of them, its own
 * or those of the messages in it, or holds a lookalike.
 *
 * <p><b>What it checks.</b> Parsers merge singular messages that are given twice, let the last
 * member of a oneof win and the last of two map entries with one key. Where an extension is in or
 * beside such fields, lowering them one by one may differ from what the server sees, so that is
 * refused. All tags of each message around an extension are read, so none is overlooked. Where no
 * extension is, nothing is replaced, and the server's parser is left to judge. Answers are entered
 * wherever they lead on, and checked throughout: their nodes are counted, and what is wrong with
 * them is their plugin's fault.
 */
final class Walk {
  /** Messages up to so many bytes are searched before they are entered: 2 microseconds. */
  static final int SEARCHED = 16 << 10;

  private final Expander expander;
  private final ExpansionBudget budget;
  private final FrameStack frames;

  /** The source being read, for error messages. */
  private Source reading;

  private final WireCursor cursor;
  private final CandidateCursor candidates;
  private final int searched;

  /**
   * @param searched up to how many bytes messages are searched before they are entered
   */
  Walk(byte[] node, int searched, Expander expander, ExpansionBudget budget) {
    this.candidates = new CandidateCursor(node);
    this.searched = searched;
    this.expander = expander;
    this.budget = budget;
    this.frames = new FrameStack(budget);
    this.reading = Source.plan(node);
    this.cursor = new WireCursor(node, 0, 0);
  }

  /** Walks through it all; returns the same array if nothing was replaced. */
  byte[] run(WalkedType root) {
    Source plan = reading;
    if (!mayHoldExtension(0, plan.bytes().length)) {
      return plan.bytes();
    }
    try {
      frames.push(plan, root).openPlan(plan, root);
      while (!frames.isEmpty()) {
        advance(frames.top());
      }
    } catch (WireException e) {
      throw malformed(e);
    }
    return frames.result(plan);
  }

  /** Reads on in a message until it ends or another begins. */
  private void advance(Frame frame) {
    Source source = frame.source;
    reading = source;
    cursor.reset(source.bytes(), frame.position, frame.end);
    while (cursor.nextField()) {
      WalkedField field = frame.type.field(cursor.fieldNumber());
      if (field == null) {
        cursor.skip();
        continue;
      }
      boolean readable = cursor.wireType() == field.wireType();
      if (!readable || (frame.seen & field.slot()) != 0) {
        object(frame, FieldRules.objection(field, cursor, frame.type));
        if (!readable) {
          cursor.skip();
          continue;
        }
      }
      frame.seen |= field.slot();
      switch (field.role()) {
        case EXCLUDES -> cursor.skip();
        case COMMON -> passCommon(frame);
        case EXTENSION -> {
          if (!frame.left && expand(frame)) {
            return;
          }
          cursor.skip();
        }
        case LEADS_ON, LEADS_ON_BY_KEY -> {
          if (descend(frame, field)) {
            return;
          }
        }
      }
    }
    frames.close(frame);
  }

  private void passCommon(Frame frame) {
    boolean cut = cursor.fieldStart() == frame.cutStart;
    if (cut) {
      frames.copy(frame.source, cursor.fieldStart());
    }
    cursor.skip();
    if (cut) {
      frame.source.copiedTo(cursor.position());
    }
  }

  /**
   * Refuses duplicates, which parsers merge or drop, if an extension is in the message; or else
   * keeps the objection until one comes.
   */
  private static void object(Frame frame, WireException objection) {
    if (frame.holdsExtension || frame.source.answers() != null) {
      throw objection;
    }
    if (frame.objection == null) {
      frame.objection = objection;
    }
  }

  /** False if a message of the plan certainly holds no extension, and need not be entered. */
  private boolean mayHoldExtension(int from, int to) {
    return to - from > searched || candidates.isIn(from, to);
  }

  /** Enters the field at the cursor, or steps over it and returns false. */
  private boolean descend(Frame frame, WalkedField field) {
    WalkedType target = field.target();
    if (target == null) {
      throw new IllegalStateException(field.name());
    }
    int lengthStart = cursor.position();
    int length = cursor.length();
    int start = cursor.position();
    if (field.role() == WalkedField.Role.LEADS_ON_BY_KEY) {
      Slice entry = new Slice(frame.source.bytes(), start, start + length);
      WireException objection = FieldRules.keyObjection(frame, field, entry);
      if (objection != null) {
        object(frame, objection);
      }
    }
    int end = start + length;
    String answers = frame.source.answers();
    if (answers == null) {
      if (!mayHoldExtension(start, end)) {
        cursor.moveTo(end);
        return false;
      }
    } else if (target.site() != null) {
      budget.spendNode(answers);
    }
    frame.position = end;
    Frame inner = frames.push(frame.source, target);
    inner.open(frame.source, target, lengthStart, start, end);
    inner.objection = frame.objection;
    if (field.namesColumns()) {
      nameColumn(inner);
    }
    return true;
  }

  /** Names a column by its extensions, or marks it to be named once its answer is known. */
  private void nameColumn(Frame column) {
    Slice expression = new Slice(column.source.bytes(), column.start, column.end);
    if (ColumnName.isCall(expression)) {
      column.column = true; // depends on the answer
    } else if (ColumnName.fits(expression)) {
      frames.name(column, ColumnName.of(expression, expander));
    }
  }

  /**
   * Offers the extension that a node consists of, and those that its answers consist of in turn;
   * false if it stays.
   */
  private boolean expand(Frame frame) {
    if (frame.objection != null) {
      throw frame.objection;
    }
    frame.holdsExtension = true;
    WalkedType type = frame.type;
    Source answer = frame.source;
    NodeHead head = NodeHead.read(answer.bytes(), frame.start, frame.end, type);
    List<NodeHead> chain = new ArrayList<>(2);
    chain.add(head);
    boolean left = false;
    while (head.extension() != null && !left) {
      Source next = offer(head.extension(), type, answer.depth());
      if (next == null) {
        left = true;
      } else {
        answer = next;
        reading = answer;
        head = readAnswer(answer, type);
        chain.add(head);
      }
    }
    if (chain.size() == 1) {
      frame.left = true;
      return false;
    }
    Frame replaced = frame.column ? namedByCall(frame, answer) : frame;
    frames.replace(replaced, NodeLayer.of(chain, type), answer, head).left = left;
    return true;
  }

  /** A column that consists of an extension is named after it, unless the answer has a name. */
  private Frame namedByCall(Frame column, Source answer) {
    if (!ColumnName.fits(Slice.of(answer.bytes()))) {
      return column;
    }
    Slice call = new Slice(column.source.bytes(), column.start, column.end);
    return frames.name(column, ColumnName.of(call, expander));
  }

  private static NodeHead readAnswer(Source answer, WalkedType type) {
    byte[] bytes = answer.bytes();
    NodeHead head = NodeHead.read(bytes, 0, bytes.length, type);
    if (head.isEmpty()) {
      throw new WireException("it is an empty " + type.fullName(), 0);
    }
    return head;
  }

  /** The answer to an extension; null if it stays. */
  private @Nullable Source offer(Slice any, WalkedType type, int depth) {
    ExtensionSite site = type.site();
    if (site == null) {
      throw new IllegalStateException(type.fullName());
    }
    Extension extension = AnyMessage.read(any).asExtension(site.kind());
    String typeUrl = extension.typeUrl();
    budget.checkResult(frames.size());
    budget.enter(depth + 1, typeUrl);
    try {
      Expansion expansion = expander.expand(extension);
      if (expansion instanceof Expansion.Replace replace) {
        budget.spendNode(typeUrl);
        budget.spendBytes(replace.node().length, typeUrl);
        return Source.answer(replace.node(), typeUrl, depth + 1);
      }
      return null;
    } finally {
      budget.exit(depth + 1);
    }
  }

  private GraftException malformed(WireException e) {
    String answers = reading.answers();
    if (answers == null) {
      return new GraftException(
          ErrorCode.GRAFT_PLAN_MALFORMED,
          "The plan cannot be read at byte %d of %d: %s. Build it with a Spark Connect client or a protobuf library."
              .formatted(e.offset(), reading.bytes().length, e.reason()),
          e);
    }
    return new GraftException(
        ErrorCode.GRAFT_ANSWER_INVALID,
        "The answer to the extension '%s' cannot be read at byte %d of %d: %s. This is a fault of its plugin, not of the plan."
            .formatted(AnyMessage.shown(answers), e.offset(), reading.bytes().length, e.reason()),
        e);
  }
}
