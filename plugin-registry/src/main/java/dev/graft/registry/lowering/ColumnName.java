package dev.graft.registry.lowering;

import dev.graft.registry.descriptor.FieldNumbers;
import dev.graft.registry.wire.AnyMessage;
import dev.graft.registry.wire.Slice;
import dev.graft.registry.wire.WireCursor;
import dev.graft.registry.wire.WireException;
import dev.graft.registry.wire.WireType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What a column is called that a client names by an expression alone: as Spark calls it, with the
 * extensions in it as functions, for example {@code mask(phone)} or {@code concat(mask(phone), !)}.
 * Spark itself would name it after what stands for the extensions, which is long and no one's
 * words.
 *
 * <p>Only expressions whose name in Spark is known are named: columns, simple literals, functions,
 * operators.
 */
final class ColumnName {
  /** Bounds the work: longer names are nobody's to read. */
  private static final int MAX_CHARACTERS = 1_000;

  private static final int MAX_NESTING = 50;

  private static final int EXTENSION = ExtensionSite.EXPRESSION.field();

  /** What has a name already, or may stand for several columns. */
  private static final Set<Integer> UNNAMED =
      Set.of(
          FieldNumbers.EXPRESSION_STRING,
          FieldNumbers.EXPRESSION_STAR,
          FieldNumbers.EXPRESSION_ALIAS,
          FieldNumbers.EXPRESSION_REGEX,
          FieldNumbers.EXPRESSION_CALL_FUNCTION);

  /** Functions that make several columns or rows, whose names Spark chooses. */
  private static final Set<String> GENERATORS =
      Set.of(
          "explode",
          "explode_outer",
          "posexplode",
          "posexplode_outer",
          "inline",
          "inline_outer",
          "stack",
          "json_tuple",
          "variant_explode",
          "variant_explode_outer");

  private final Expander expander;
  private final StringBuilder text = new StringBuilder();
  private boolean holdsExtension;

  private ColumnName(Expander expander) {
    this.expander = expander;
  }

  /**
   * The name of an expression.
   *
   * @return null where no extension is in it, or Spark's name for it is not known
   */
  static @Nullable String of(Slice expression, Expander expander) {
    ColumnName name = new ColumnName(expander);
    try {
      boolean known = name.appendExpression(expression, 0);
      return known && name.holdsExtension && name.text.length() <= MAX_CHARACTERS
          ? name.text.toString()
          : null;
    } catch (WireException e) {
      return null; // malformed: the walk refuses it and says why
    }
  }

  /** Whether an expression consists of an extension. */
  static boolean isCall(Slice expression) {
    Field kind = kind(expression);
    return kind != null && kind.number == EXTENSION;
  }

  /** Whether an expression may be named here: it has no name of its own and makes one column. */
  static boolean fits(Slice expression) {
    Field kind = kind(expression);
    return kind != null
        && !UNNAMED.contains(kind.number)
        && !(kind.number == FieldNumbers.EXPRESSION_FUNCTION
            && GENERATORS.contains(functionName(kind.content)));
  }

  /**
   * The field that says what an expression is; null where there is none, or the expression is not
   * well-formed, which the walk refuses.
   */
  private static @Nullable Field kind(Slice expression) {
    try {
      return Field.last(expression, number -> true);
    } catch (WireException e) {
      return null;
    }
  }

  private static String functionName(Slice function) {
    Field name = Field.last(function, number -> number == 1);
    return name == null ? "" : name.content.utf8();
  }

  private boolean appendExpression(Slice expression, int nesting) {
    Field kind = Field.last(expression, number -> true);
    if (kind == null || nesting > MAX_NESTING || text.length() > MAX_CHARACTERS) {
      return false;
    }
    if (kind.number == EXTENSION) {
      return appendExtension(kind.content, nesting);
    }
    return switch (kind.number) {
      case FieldNumbers.EXPRESSION_LITERAL -> appendLiteral(kind.content);
      case FieldNumbers.EXPRESSION_ATTRIBUTE -> {
        Field name = Field.last(kind.content, number -> number == 1);
        yield name != null && append(name.content);
      }
      case FieldNumbers.EXPRESSION_FUNCTION -> appendFunction(kind.content, nesting);
      default -> false;
    };
  }

  private boolean appendExtension(Slice any, int nesting) {
    holdsExtension = true;
    Expander.Call call =
        expander.call(AnyMessage.read(any).asExtension(ExtensionSite.EXPRESSION.kind()));
    if (call == null) {
      return false;
    }
    List<Slice> arguments = call.arguments().stream().map(Slice::of).toList();
    return appendCall(call.name() + "(", arguments, ", ", nesting);
  }

  private boolean appendFunction(Slice function, int nesting) {
    String name = functionName(function);
    List<Slice> arguments = Field.all(function, 2);
    WireCursor cursor = new WireCursor(function);
    while (cursor.nextField()) {
      if (cursor.fieldNumber() == 3) {
        return false; // with DISTINCT
      }
      cursor.skip();
    }
    if (name.matches("\\w+")) {
      return appendCall(name + "(", arguments, ", ", nesting);
    }
    String operator = name.equals("==") ? "=" : name;
    return arguments.size() == 2 && appendCall("(", arguments, " " + operator + " ", nesting);
  }

  private boolean appendCall(String start, List<Slice> arguments, String between, int nesting) {
    text.append(start);
    for (int i = 0; i < arguments.size(); i++) {
      text.append(i == 0 ? "" : between);
      if (!appendExpression(arguments.get(i), nesting + 1)) {
        return false;
      }
    }
    text.append(')');
    return true;
  }

  private boolean appendLiteral(Slice literal) {
    WireCursor cursor = new WireCursor(literal);
    if (!cursor.nextField()) {
      return false;
    }
    switch (cursor.fieldNumber()) {
      case 1 -> text.append("NULL");
      case 3 -> text.append(cursor.varint() != 0);
      case 4, 5, 6 -> text.append((int) cursor.varint());
      case 7 -> text.append(cursor.varint());
      case 10 -> text.append(Float.intBitsToFloat(cursor.fixed32()));
      case 11 -> text.append(Double.longBitsToDouble(cursor.fixed64()));
      case 13 -> {
        return append(cursor.content());
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean append(Slice utf8) {
    if (utf8.length() > MAX_CHARACTERS) {
      return false;
    }
    text.append(utf8.utf8());
    return true;
  }

  /** A field whose content has a length. */
  private record Field(int number, Slice content) {
    /** The last wanted field, which is the one that counts; never the common field. */
    static @Nullable Field last(Slice message, IntPredicate wanted) {
      Field last = null;
      WireCursor cursor = new WireCursor(message);
      while (cursor.nextField()) {
        int number = cursor.fieldNumber();
        if (cursor.wireType() == WireType.LENGTH
            && number != ExtensionSite.EXPRESSION.commonField()
            && wanted.test(number)) {
          last = new Field(number, cursor.content());
        } else {
          cursor.skip();
        }
      }
      return last;
    }

    static List<Slice> all(Slice message, int number) {
      List<Slice> all = new ArrayList<>();
      WireCursor cursor = new WireCursor(message);
      while (cursor.nextField()) {
        if (cursor.isContent(number)) {
          all.add(cursor.content());
        } else {
          cursor.skip();
        }
      }
      return all;
    }
  }
}
