package dev.graft.cli.gateway;

import dev.graft.api.node.CommandNodes;
import dev.graft.api.node.Nodes;
import java.util.UUID;
import org.apache.spark.connect.proto.Command;

/** A client with a session of its own, in which things are that are nobody else's. */
final class Victim {
  static final String SETTING = "acme.whose";
  static final String FILE = "files/whose.txt";
  static final String VIEW = "whose";

  final Client client;
  final Command ownCommand;
  final String errorId;

  /** An operation that has given rows, and is not released. */
  final String rows = UUID.randomUUID().toString();

  /** The same of a command. */
  final String command = UUID.randomUUID().toString();

  Victim(Client anybody, Command ownCommand) {
    this.ownCommand = ownCommand;
    client = anybody.as("ada", UUID.randomUUID().toString());
    expect(client.set(SETTING, "of ada"), "OK");
    expect(client.addFile(FILE, "of ada"), "OK: checksum right: true");
    expect(
        client.execute(
            Client.plan(
                CommandNodes.createTempView(
                    VIEW, Nodes.rows("whose string", Nodes.row("of ada"))))),
        "OK");
    expect(client.execute(Client.table(VIEW), rows), "OK: 1 rows of ada; end");
    expect(client.execute(Client.plan(ownCommand), command), "OK");
    errorId = client.failed(Client.table("no_table_of_ada"));
  }

  private static void expect(String outcome, String beginning) {
    if (!outcome.startsWith(beginning)) {
      throw new AssertionError("Expected " + beginning + " but it was " + outcome);
    }
  }

  /** What it finds of its own afterwards. */
  String state() {
    return String.join(
        " | ",
        client.reattach(rows),
        client.reattach(command),
        client.setting(SETTING),
        client.execute(Client.table(VIEW)));
  }
}
