package dev.graft.testkit.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words and signs of a schema's text. */
final class SchemaTokens {
  /** A quoted identifier, a string, a word or number, or a sign. */
  private static final Pattern TOKEN =
      Pattern.compile("\\s*(?:`((?:[^`]|``)*)`|'((?:[^'\\\\]|\\\\.)*)'|(\\w+)|([<>(),:]))");

  private record Token(String text, boolean quoted, int offset) {}

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int next;

  SchemaTokens(String source) {
    this.source = source;
    String text = source.stripTrailing();
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (end < text.length()) {
      if (!matcher.find(end) || matcher.start() != end) {
        throw unreadable("a word or sign", end);
      }
      end = matcher.end();
      if (matcher.group(1) != null) {
        tokens.add(new Token(matcher.group(1).replace("``", "`"), true, matcher.start(1)));
      } else if (matcher.group(2) != null) {
        tokens.add(new Token(matcher.group(2), true, matcher.start(2)));
      } else {
        String plain = matcher.group(3) == null ? matcher.group(4) : matcher.group(3);
        tokens.add(new Token(plain, false, end - plain.length()));
      }
    }
  }

  boolean atEnd() {
    return next == tokens.size();
  }

  /** Takes the next token if it is this word, in any case, or sign. */
  boolean take(String wanted) {
    if (!atEnd()
        && !tokens.get(next).quoted()
        && tokens.get(next).text().equalsIgnoreCase(wanted)) {
      next++;
      return true;
    }
    return false;
  }

  void require(String wanted) {
    if (!take(wanted)) {
      throw unreadable("'" + wanted + "'", offset());
    }
  }

  /** The next token, quoted or not. */
  String identifier() {
    if (atEnd()) {
      throw unreadable("a name", offset());
    }
    return tokens.get(next++).text();
  }

  /** The next word, in lower case. */
  String word() {
    if (atEnd() || tokens.get(next).quoted()) {
      throw unreadable("a type", offset());
    }
    return tokens.get(next++).text().toLowerCase(Locale.ROOT);
  }

  int number() {
    try {
      return Integer.parseInt(word());
    } catch (NumberFormatException e) {
      next--;
      throw unreadable("a number", offset());
    }
  }

  private int offset() {
    return atEnd() ? source.length() : tokens.get(next).offset();
  }

  IllegalArgumentException unreadable(String wanted) {
    return unreadable(wanted, offset());
  }

  private IllegalArgumentException unreadable(String wanted, int offset) {
    return new IllegalArgumentException(
        "The schema '"
            + source
            + "' cannot be read: "
            + wanted
            + " is due at character "
            + offset
            + ".");
  }
}
