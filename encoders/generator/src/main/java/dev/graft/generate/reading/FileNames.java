package dev.graft.generate.reading;

import com.google.protobuf.Descriptors.FileDescriptor;
import dev.graft.generate.error.GenerationException;
import dev.graft.generate.error.GenerationException.Code;
import dev.graft.generate.model.Name;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What generated files are called: as the {@code .proto} file, with as many of its folders in front
 * as it takes to tell files apart.
 */
final class FileNames {
  private final Map<FileDescriptor, List<String>> parts = new LinkedHashMap<>();

  void add(FileDescriptor file) {
    String path = file.getName().replaceFirst("\\.proto$", "").replaceAll("[^A-Za-z0-9/]", "_");
    List<String> names = new ArrayList<>();
    for (String part : path.split("/", -1)) {
      if (!part.replace("_", "").isEmpty()) {
        names.add(part);
      }
    }
    if (names.isEmpty()) {
      names.add("extensions");
    }
    parts.put(file, names);
  }

  Name of(FileDescriptor file) {
    int longest = parts.values().stream().mapToInt(List::size).max().orElse(0);
    for (int length = 1; length <= longest; length++) {
      int folders = length;
      Name name = name(file, folders);
      if (parts.keySet().stream()
          .noneMatch(other -> other != file && clash(other, name, folders))) {
        return name;
      }
    }
    throw new GenerationException(
        Code.GRAFT_NAME_TWICE,
        file.getName()
            + " would be generated under the same name as another file. Generate it into a folder"
            + " of its own.");
  }

  private boolean clash(FileDescriptor other, Name name, int folders) {
    return name(other, folders).camel().equalsIgnoreCase(name.camel());
  }

  private Name name(FileDescriptor file, int folders) {
    List<String> names = parts.getOrDefault(file, List.of("extensions"));
    return Name.of(
        String.join("_", names.subList(Math.max(0, names.size() - folders), names.size())));
  }
}
