package dev.graft.cli.check;

import dev.graft.registry.linkage.Mismatch;
import dev.graft.registry.loading.Objection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A verdict for people: each jar, each host, and a line for each thing that is missing. */
public final class VerdictText {
  private static final int TITLES = 14;

  private final List<String> lines = new ArrayList<>();

  private VerdictText() {}

  /** Its lines. */
  public static List<String> of(Verdict verdict) {
    VerdictText text = new VerdictText();
    verdict.jars().forEach(text::jar);
    verdict.notChecked().forEach(sentence -> text.lines.add("Not checked: " + sentence));
    return text.lines;
  }

  private void jar(Verdict.OfJar jar) {
    lines.add(jar.path().toString());
    if (jar.unreadable().isPresent()) {
      lines.add("  " + jar.unreadable().get().getMessage());
    } else if (jar.isWithoutPlugins()) {
      lines.add("  " + without());
    } else {
      jar.hosts().forEach(this::host);
      for (String name : jar.unnamed()) {
        lines.add("  " + unnamed(name));
      }
    }
  }

  /** What is said of a jar that has no plugin. */
  static String without() {
    return "There is no plugin in it: no services file names one, and no class implements a plugin interface that is known. Name a class with --class if there is one all the same.";
  }

  /** What is said of a plugin that no services file names. */
  static String unnamed(String className) {
    return className
        + " is named by no services file of the jar: servers load it only if a list of theirs names it.";
  }

  private void host(Verdict.OfHost host) {
    List<String> another = new ArrayList<>();
    Map<String, Objection> bad = new LinkedHashMap<>();
    int linked = 0;
    for (Verdict.OfPlugin plugin : host.plugins()) {
      if (plugin.objection().isEmpty()) {
        linked++;
      } else if (plugin.isForAnother()) {
        another.add(plugin.className());
      } else {
        bad.put(plugin.className(), plugin.objection().get());
      }
    }
    String title = "  " + host.title() + " ".repeat(Math.max(1, TITLES - host.title().length()));
    List<String> said = new ArrayList<>();
    if (linked > 0) {
      said.add(linked + (linked == 1 ? " plugin fits" : " plugins fit"));
    }
    if (!bad.isEmpty()) {
      said.add(bad.size() + (bad.size() == 1 ? " does not" : " do not"));
    }
    if (!another.isEmpty()) {
      said.add("not for a gateway: " + String.join(", ", another));
    }
    lines.add(title + String.join("; ", said));
    bad.forEach(this::objection);
  }

  private void objection(String className, Objection objection) {
    lines.add("    " + className + "  " + objection.code());
    if (objection.mismatches().isEmpty()) {
      lines.add("      " + objection.text());
    } else {
      for (Mismatch mismatch : objection.mismatches()) {
        lines.add("      " + mismatch.text());
      }
      lines.add("      " + objection.advice());
    }
  }
}
