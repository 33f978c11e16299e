package com.acme.nativeplans;

import com.acme.nativeplans.v1.Tables;
import dev.graft.api.spark.NativeCommandPlugin;
import dev.graft.api.spark.NativeContext;
import dev.graft.api.spark.NativeResult;
import java.util.Optional;
import org.apache.spark.sql.functions;

/** A command that answers with the rows of a dataset. */
public final class TablesPlugin implements NativeCommandPlugin<Tables> {
  @Override
  public Class<Tables> messageType() {
    return Tables.class;
  }

  @Override
  public Optional<NativeResult> execute(Tables tables, NativeContext context) {
    return Optional.of(
        NativeResult.rows(
            context
                .session()
                .catalog()
                .listTables()
                .toDF()
                .filter(functions.col("name").startsWith(tables.getPrefix()))
                .select("name", "tableType", "isTemporary")));
  }
}
