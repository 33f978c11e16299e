package com.acme.nativeplans;

import com.acme.nativeplans.v1.Hashed;
import com.acme.nativeplans.v1.Numbered;
import com.acme.nativeplans.v1.Tables;
import dev.graft.api.node.Nodes;
import dev.graft.testkit.Graft;
import dev.graft.testkit.WithPlugins;
import dev.graft.testkit.spark.OnSpark;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Native plugins have no plan in memory, so these tests run on a server alone. */
@WithPlugins({NumberedPlugin.class, HashedPlugin.class, TablesPlugin.class})
@OnSpark(inMemory = false)
class NativePlansIT {
  @Test
  void numbersTheRowsOfItsInput(Graft graft) {
    graft
        .lower(
            Numbered.newBuilder()
                .setInput(Nodes.rows("name STRING", Nodes.row("Ulm")).coalesce(1).build())
                .setAs("number")
                .build())
        .hasRows(List.of("Ulm", 0L));
  }

  @Test
  void hashesWithTheSessionsSetting(Graft graft) {
    Hashed hashed =
        Hashed.newBuilder()
            .setInput(Nodes.column("id").build())
            .setSaltSetting("spark.sql.session.timeZone")
            .build();
    graft
        .lower(
            Nodes.range(1)
                .select(
                    Nodes.expression(Graft.expression(hashed))
                        .equalTo(
                            Nodes.call("xxhash64", Nodes.column("id"), Nodes.call("current_timezone"))))
                .build())
        .hasRows(List.of(true));
  }

  @Test
  void listsTheTablesOfTheSession(Graft graft) {
    graft.execute(Tables.newBuilder().setPrefix("none_of_these").build()).hasRows();
  }
}
