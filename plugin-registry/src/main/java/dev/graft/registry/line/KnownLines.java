package dev.graft.registry.line;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * The lines that the Connect messages' build has seen. Their names are read when the first plugin
 * answers, their fields not before a server of an earlier line needs them: a server of the newest
 * starts and runs without.
 */
final class KnownLines {
  private static final String RESOURCE = "/dev/graft/connect/fields-by-line.txt";

  private static final List<String> NAMES = read(KnownLines::names);

  /** The oldest first. */
  static final List<ConnectLine> ALL =
      NAMES.stream().map(name -> ConnectLine.ofVersion(name).orElseThrow()).toList();

  private KnownLines() {}

  /** Makes the table when it is first asked for. */
  private static final class Table {
    private static final FieldTable INSTANCE =
        read(
            reader -> {
              List<String> names = names(reader);
              return FieldTable.read(names, reader.lines().toList());
            });
  }

  static FieldTable table() {
    return Table.INSTANCE;
  }

  private static List<String> names(BufferedReader reader) {
    try {
      return List.of(reader.readLine().substring("lines ".length()).split(" ", -1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T read(Function<BufferedReader, T> use) {
    InputStream stream = KnownLines.class.getResourceAsStream(RESOURCE);
    if (stream == null) {
      throw new IllegalStateException("The resource " + RESOURCE + " is missing from Graft's jar");
    }
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII))) {
      return use.apply(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
