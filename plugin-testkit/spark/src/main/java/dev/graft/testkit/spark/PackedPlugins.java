package dev.graft.testkit.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Puts the tested plugins into a folder as jars, which is how a host takes them. */
final class PackedPlugins {
  /** The plugin id of what is packed here. */
  static final String ID = "tested";

  private PackedPlugins() {}

  /** Packs folders of classes, and copies jars. */
  static void into(Path folder, Set<Path> places) {
    int number = 0;
    for (Path place : places) {
      try {
        if (Files.isDirectory(place)) {
          pack(place, folder.resolve("tested-" + number++ + ".jar"), number == 1);
        } else {
          Files.copy(
              place, folder.resolve(place.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("The plugins in " + place + " cannot be packed", e);
      }
    }
  }

  private static void pack(Path classes, Path jar, boolean first) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (first) {
      attributes.putValue("Graft-Plugin-Id", ID);
    }
    List<Path> files;
    try (Stream<Path> walk = Files.walk(classes)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest)) {
      for (Path file : files) {
        String name = classes.relativize(file).toString().replace('\\', '/');
        if (!name.equals("META-INF/MANIFEST.MF")) {
          entries.putNextEntry(new JarEntry(name));
          Files.copy(file, entries);
          entries.closeEntry();
        }
      }
    }
  }
}
