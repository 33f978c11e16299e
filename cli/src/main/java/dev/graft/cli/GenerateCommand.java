package dev.graft.cli;

import dev.graft.cli.environment.Terminal;
import dev.graft.generate.Emitters;
import dev.graft.generate.Generator;
import dev.graft.generate.KindOptions;
import dev.graft.generate.OutputFolder;
import dev.graft.generate.ProtocWrapper;
import dev.graft.generate.source.SourceFiles;
import dev.graft.generate.source.Sources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code graft generate}. */
@Command(
    name = "generate",
    description = {
      "Write a typed client from the messages of a plugin; or, with --check, say which changes of them break clients that are out there.",
      "Which messages are extensions, and of which kind, is what their annotations say (see graft/annotations.proto),"
          + " or what the plugins of a jar say, or what the options below say."
    },
    parameterListHeading = "%nSources:%n",
    optionListHeading = "%nOptions:%n",
    mixinStandardHelpOptions = true,
    versionProvider = GraftCommand.Version.class)
final class GenerateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SOURCE",
      arity = "0..*",
      description =
          "Plugin jars, .proto files, folders of .proto files or descriptor sets (.binpb). Imports of spark/connect and graft are found by themselves.")
  private List<Path> sources = new ArrayList<>();

  @Option(
      names = "--lang",
      paramLabel = "LANGUAGE",
      completionCandidates = Languages.class,
      description = "The client's language: ${COMPLETION-CANDIDATES}.")
  private @Nullable String language;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the files go; what is there already under the same names is replaced.")
  private @Nullable Path out;

  @Option(
      names = "--relation",
      paramLabel = "MESSAGE",
      description =
          "A message that stands for rows, by its full name such as acme.v1.TopK, if no annotation says so. May be repeated, as may the next two.")
  private List<String> relations = new ArrayList<>();

  @Option(
      names = "--expression",
      paramLabel = "MESSAGE",
      description = "A message that stands for a column.")
  private List<String> expressions = new ArrayList<>();

  @Option(
      names = "--command",
      paramLabel = "MESSAGE",
      description = "A message that asks for something to be done.")
  private List<String> commands = new ArrayList<>();

  @Option(
      names = "--proto-path",
      paramLabel = "DIR",
      description = "A folder in which .proto files look for what they import. May be repeated.")
  private List<Path> protoPath = new ArrayList<>();

  @Option(
      names = "--protoc",
      paramLabel = "FILE",
      description =
          "The protoc that compiles .proto files (the one of Maven Central that Graft is built with).")
  private @Nullable String protoc;

  @Option(
      names = "--check",
      paramLabel = "OLD",
      description = {
        "Write nothing, but compare the sources with OLD, which clients have: a source as above, or sc://HOST:PORT of a server with the plugin."
            + " Says of each change that breaks them its rule, by the names that buf has for it, and what it breaks:",
        "wire: a client that has not changed gets another result, or is refused.",
        "source: it goes on as before; once it is generated anew, programs that use it, or their JSON, must change.",
        "The status is 1 if there is one, otherwise 0."
      })
  private @Nullable String old;

  @Option(names = "--json", description = "With --check, print what was found as JSON.")
  private boolean json;

  @Option(
      names = "--write-protoc-plugin",
      paramLabel = "FILE",
      description =
          "Write a script for protoc --plugin=protoc-gen-graft=FILE --graft_out=lang=python:DIR instead.")
  private @Nullable Path wrapper;

  /** Made by picocli, which also sets the fields. */
  @SuppressWarnings("NullAway.Init")
  GenerateCommand() {}

  @Override
  public Integer call() {
    Terminal terminal = Terminal.standard();
    if (wrapper != null) {
      ProtocWrapper.write(wrapper);
      terminal.line("protoc --plugin=protoc-gen-graft=" + wrapper + " --graft_out=lang=python:DIR");
      return 0;
    }
    if (old != null) {
      return check(old);
    }
    if (language == null || out == null || sources.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "Say which language, from what and where to: generate --lang python SOURCE --out DIR");
    }
    SourceFiles files = new Sources(protoPath, protoc).read(sources);
    Generator.Result result =
        Generator.generate(language, files, KindOptions.of(relations, expressions, commands));
    for (Path file : new OutputFolder(out).write(result.files())) {
      terminal.line(file.toString());
    }
    result.notes().forEach(note -> spec.commandLine().getErr().println("graft: " + note));
    return 0;
  }

  private int check(String earlier) {
    if (language != null || out != null || sources.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "Say what to compare, without --lang and --out: generate --check OLD SOURCE");
    }
    Sources reader = new Sources(protoPath, protoc);
    return CompatibilityCheck.run(earlier, sources, reader, json, spec.commandLine().getOut())
        ? 1
        : 0;
  }

  /** What {@code --lang} takes. */
  static final class Languages implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Emitters.languages().iterator();
    }
  }
}
