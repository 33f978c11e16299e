package dev.graft.generate.breaking;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.graft.generate.error.GenerationException;
import dev.graft.generate.reading.DescriptorSet;
import dev.graft.generate.source.SourceFiles;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of clients of earlier messages.
 *
 * @param findings changes that break them, in the order of the earlier files
 * @param notes lines for people on what else to mind
 */
public record Compatibility(List<Finding> findings, List<String> notes) {
  public Compatibility {
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  /**
   * Compares messages with those that clients have.
   *
   * @param old what clients were generated from: all of it, unless {@code partly}
   * @param now what they would be generated from next
   * @param partly whether {@code old} may hold files that {@code now} is not about, as a server
   *     does that has other plugins too: only those count that have a package or a name of {@code
   *     now}
   * @throws GenerationException if the files of either do not fit together
   */
  public static Compatibility of(SourceFiles old, SourceFiles now, boolean partly) {
    DescriptorSet before = DescriptorSet.link(old.protos(), "The earlier source");
    DescriptorSet after = DescriptorSet.link(now.protos(), "The source");
    List<FileDescriptor> next = now.wanted().stream().map(after::file).toList();
    List<FileDescriptor> earlier =
        old.wanted().stream()
            .map(before::file)
            .filter(file -> !partly || concerns(file, next))
            .toList();
    Findings findings = new Findings(after);
    Kinds kinds = new Kinds(old.kinds(), now.kinds());
    Map<String, Descriptor> messages = messages(next);
    Map<String, EnumDescriptor> enums = enums(next);
    boolean lone = earlier.size() == 1 && next.size() == 1;
    for (FileDescriptor file : earlier) {
      new FileChanges(findings, kinds, lone, next, messages, enums, used(earlier)).compare(file);
    }
    return new Compatibility(
        findings.all(),
        earlier.isEmpty()
            ? List.of(
                "Nothing was compared: no file of the earlier ones has a package or a name of the sources.")
            : notes(findings.additions()));
  }

  private static boolean concerns(FileDescriptor file, List<FileDescriptor> next) {
    return next.stream()
        .anyMatch(
            other ->
                other.getName().equals(file.getName())
                    || other.getPackage().equals(file.getPackage()));
  }

  private static Map<String, Descriptor> messages(List<FileDescriptor> files) {
    Map<String, Descriptor> messages = new LinkedHashMap<>();
    files.forEach(
        file ->
            DescriptorSet.all(file)
                .forEach(message -> messages.put(message.getFullName(), message)));
    return messages;
  }

  private static Map<String, EnumDescriptor> enums(List<FileDescriptor> files) {
    Map<String, EnumDescriptor> enums = new LinkedHashMap<>();
    for (FileDescriptor file : files) {
      List<EnumDescriptor> all = new ArrayList<>(file.getEnumTypes());
      DescriptorSet.all(file).forEach(message -> all.addAll(message.getEnumTypes()));
      all.forEach(each -> enums.put(each.getFullName(), each));
    }
    return enums;
  }

  /** The messages that are types of fields. */
  private static Set<String> used(List<FileDescriptor> files) {
    Set<String> used = new HashSet<>();
    for (FileDescriptor file : files) {
      for (Descriptor message : DescriptorSet.all(file)) {
        message.getFields().stream()
            .map(FieldTypes::held)
            .filter(FieldTypes::isMessage)
            .forEach(field -> used.add(field.getMessageType().getFullName()));
      }
    }
    return used;
  }

  private static List<String> notes(List<String> additions) {
    return additions.isEmpty()
        ? List.of()
        : List.of(
            "New, and no break: "
                + String.join(", ", additions)
                + ". A server whose plugin is older refuses who sends them (GRAFT_EXTENSION_NEWER): bring the plugin to"
                + " servers before clients use them.");
  }
}
