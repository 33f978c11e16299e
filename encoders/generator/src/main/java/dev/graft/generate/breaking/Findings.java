package dev.graft.generate.breaking;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import dev.graft.generate.reading.DescriptorSet;
import java.util.ArrayList;
import java.util.List;

/** Collects what is found, with its places. Not safe for use by several threads. */
final class Findings {
  private final DescriptorSet now;
  private final List<Finding> all = new ArrayList<>();
  private final List<String> additions = new ArrayList<>();

  Findings(DescriptorSet now) {
    this.now = now;
  }

  /** Of something that is there. */
  void at(GenericDescriptor there, Rule rule, Effect effect, String text) {
    all.add(
        new Finding(
            rule, effect, there.getFullName(), there.getFile().getName(), now.line(there), text));
  }

  /** Of something that is gone from a definition that is there. */
  void goneFrom(
      GenericDescriptor there, GenericDescriptor gone, Rule rule, Effect effect, String text) {
    all.add(
        new Finding(
            rule, effect, gone.getFullName(), there.getFile().getName(), now.line(there), text));
  }

  /** Of something that is gone with all that was around it. */
  void gone(GenericDescriptor gone, Rule rule, Effect effect, String text) {
    all.add(new Finding(rule, effect, gone.getFullName(), gone.getFile().getName(), 0, text));
  }

  /** Of a whole file. */
  void ofFile(FileDescriptor file, Rule rule, Effect effect, String text) {
    all.add(new Finding(rule, effect, file.getPackage(), file.getName(), 0, text));
  }

  /** Something that an older plugin refuses. */
  void added(String element) {
    additions.add(element);
  }

  List<Finding> all() {
    return List.copyOf(all);
  }

  List<String> additions() {
    return List.copyOf(additions);
  }
}
