package dev.graft.builtin.parquet;

import dev.graft.builtin.option.OptionCheck;
import dev.graft.spi.PlanningException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The file systems that a client may name. Hadoop brings some that send requests wherever a path
 * says, {@code http} among them, which Spark's own readers refuse.
 *
 * @param names schemes in small letters
 */
record AllowedSchemes(Set<String> names) {
  static final String SETTING = "parquet.schemes";

  /** Those of stores that hold files for Spark. */
  private static final String USUAL =
      "file, hdfs, viewfs, webhdfs, swebhdfs, s3a, s3, s3n, abfs, abfss, wasb, wasbs, adl, gs, oss,"
          + " cosn, obs, o3fs, ofs, dbfs";

  AllowedSchemes {
    names = Set.copyOf(names);
  }

  /** Those of the plugin's settings, or the usual ones. */
  static AllowedSchemes of(Map<String, String> settings) {
    Set<String> names = new TreeSet<>();
    Arrays.stream(settings.getOrDefault(SETTING, USUAL).split(",", -1))
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .filter(name -> !name.isEmpty())
        .forEach(names::add);
    return new AllowedSchemes(names);
  }

  /**
   * Checks a path, before anything is asked of its file system. Without a scheme it is in the
   * server's own one, which its operator has chosen.
   *
   * @throws PlanningException if it is in none of these
   */
  void check(OptionCheck check, String option, Path path, Configuration configuration) {
    String own = FileSystem.getDefaultUri(configuration).getScheme();
    String scheme = path.toUri().getScheme();
    if (scheme != null
        && !scheme.equalsIgnoreCase(own)
        && !names.contains(scheme.toLowerCase(Locale.ROOT))) {
      throw check.refusal(
          option,
          path,
          "Give a path with one of the schemes "
              + String.join(", ", new TreeSet<>(names))
              + "; the server's operator sets them as "
              + SETTING
              + " of this plugin");
    }
  }
}
