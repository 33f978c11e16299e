package dev.graft.cli.check;

import dev.graft.servers.SparkLine;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The names by which options choose what plugins are checked against. */
public final class HostNames {
  /** A gateway. */
  public static final String GATEWAY = "gateway";

  /** The Spark at {@code SPARK_HOME}. */
  public static final String HOME = "home";

  private HostNames() {}

  /**
   * All that there are: the lines, the Spark at {@code SPARK_HOME} where there is one, a gateway.
   */
  public static List<String> all(boolean hasHome) {
    List<String> names = new ArrayList<>(SparkLine.numbers());
    if (hasHome) {
      names.add(HOME);
    }
    names.add(GATEWAY);
    return names;
  }

  /** What is wrong with a list of names, for people; empty where they are known. */
  public static Optional<String> objection(List<String> names) {
    Set<String> known = new LinkedHashSet<>(all(true));
    return names.stream()
        .filter(name -> !known.contains(name))
        .findFirst()
        .map(
            name ->
                "There is no '"
                    + name
                    + "' to check against. Choose among "
                    + String.join(", ", known));
  }
}
