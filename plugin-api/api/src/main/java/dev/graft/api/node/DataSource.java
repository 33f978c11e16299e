package dev.graft.api.node;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.connect.proto.Read;
import org.apache.spark.connect.proto.Relation;

/**
 * A read of a data source in the making.
 *
 * @param format the source's short name or class, for example {@code parquet}
 * @param schema the columns as DDL, where the source is not to find them itself
 * @param options the source's options
 */
public record DataSource(String format, Optional<String> schema, Map<String, String> options) {
  public DataSource {
    options = Map.copyOf(options);
  }

  DataSource(String format) {
    this(format, Optional.empty(), Map.of());
  }

  /** The same read with columns given as DDL, for example {@code id BIGINT, name STRING}. */
  public DataSource schema(String ddl) {
    return new DataSource(format, Optional.of(ddl), options);
  }

  /** The same read with one more option. */
  public DataSource option(String key, String value) {
    Map<String, String> more = new TreeMap<>(options);
    more.put(key, value);
    return new DataSource(format, schema, more);
  }

  /** The relation that reads these paths; none where the source needs none. */
  public RelationNode load(String... paths) {
    Read.DataSource.Builder source = Read.DataSource.newBuilder().setFormat(format);
    schema.ifPresent(source::setSchema);
    source.putAllOptions(options).addAllPaths(List.of(paths));
    return Nodes.relation(
        Relation.newBuilder().setRead(Read.newBuilder().setDataSource(source)).build());
  }
}
