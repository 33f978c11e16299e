package dev.graft.cli;

import dev.graft.generate.ProtocPlugin;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code graft protoc-plugin}: what protoc starts, with a request on standard input. */
@Command(
    name = "protoc-plugin",
    description = "Answer one request of protoc. See generate --write-protoc-plugin.",
    hidden = true,
    mixinStandardHelpOptions = true,
    versionProvider = GraftCommand.Version.class)
final class ProtocPluginCommand implements Callable<Integer> {
  @Override
  public Integer call() throws IOException {
    ProtocPlugin.run(System.in, System.out, System.err);
    return 0;
  }
}
