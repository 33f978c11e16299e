package dev.graft.generate.reading;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.graft.generate.error.GenerationException;
import dev.graft.generate.error.GenerationException.Code;
import dev.graft.generate.model.ClientFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Makes the model of linked files. Not safe for use by several threads. */
public final class ModelReader {
  private final DescriptorSet set;
  private final KindChoices kinds;
  private final List<String> notes = new ArrayList<>();

  /** A reader of a set. */
  public ModelReader(DescriptorSet set, KindChoices kinds) {
    this.set = set;
    this.kinds = kinds;
  }

  /**
   * Reads the operations of files.
   *
   * @param files names of files of the set; those without an operation are left out
   * @throws GenerationException if something that an author wrote or the caller chose is wrong, or
   *     there is no operation in any of the files
   */
  public List<ClientFile> read(List<String> files) {
    List<FileDescriptor> wanted = files.stream().map(set::file).toList();
    Operations operations = new Operations(kinds);
    operations.requireChosen(wanted);
    FileNames names = new FileNames();
    List<ClientFileReader> readers = new ArrayList<>();
    Set<String> used = new TreeSet<>();
    for (FileDescriptor file : wanted) {
      List<Descriptor> found = operations.of(file);
      if (!found.isEmpty()) {
        ClientFileReader reader =
            new ClientFileReader(set, set.comments(), file, found, operations);
        used.addAll(reader.usedMessages());
        readers.add(reader);
        names.add(file);
      }
    }
    notes.addAll(operations.notes(wanted, used));
    if (readers.isEmpty()) {
      throw new GenerationException(
          Code.GRAFT_NO_OPERATION,
          "No message is an operation in "
              + String.join(", ", files)
              + ". "
              + (notes.isEmpty()
                  ? "There is no message at all."
                  : "Annotate one with option (graft.operation) = {kind: RELATION}, or say its"
                      + " kind with --relation, --expression or --command and its full name: "
                      + String.join(", ", operations.candidates(wanted))
                      + "."));
    }
    List<ClientFile> clients = new ArrayList<>();
    for (ClientFileReader reader : readers) {
      clients.add(reader.read(names.of(reader.file())));
    }
    return List.copyOf(clients);
  }

  /**
   * What the caller should be told after {@link #read}: a line for each message that was left out.
   */
  public List<String> notes() {
    return List.copyOf(notes);
  }
}
