package dev.graft.generate;

import dev.graft.generate.error.GenerationException;
import dev.graft.generate.model.ClientFile;
import dev.graft.generate.model.OperationKind;
import dev.graft.generate.reading.DescriptorSet;
import dev.graft.generate.reading.KindChoices;
import dev.graft.generate.reading.ModelReader;
import dev.graft.generate.source.SourceFiles;
import java.util.List;
import java.util.Map;

/** From sources to the files of a client. */
public final class Generator {
  private Generator() {}

  /**
   * What was generated.
   *
   * @param files in no order that matters
   * @param notes lines for people: what was left out, and what to do about it
   */
  public record Result(List<GeneratedFile> files, List<String> notes) {
    public Result {
      files = List.copyOf(files);
      notes = List.copyOf(notes);
    }
  }

  /**
   * Generates clients.
   *
   * @param kinds kinds of messages that have no annotation, by full name, as the caller chose them
   * @throws GenerationException if a source is wrong, or the language has no emitter
   */
  public static Result generate(
      String language, SourceFiles source, Map<String, OperationKind> kinds) {
    Emitter emitter = Emitters.of(language);
    DescriptorSet set = DescriptorSet.link(source.protos(), "The source");
    ModelReader reader = new ModelReader(set, new KindChoices(kinds, source.kinds()));
    List<ClientFile> clients = reader.read(source.wanted());
    return new Result(emitter.emit(clients), reader.notes());
  }
}
