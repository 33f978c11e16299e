package dev.graft.generate;

import dev.graft.generate.error.GenerationException;
import dev.graft.generate.error.GenerationException.Code;
import java.util.List;
import java.util.ServiceLoader;

/** The languages. */
public final class Emitters {
  private Emitters() {}

  /** What {@code --lang} takes, in alphabetical order. */
  public static List<String> languages() {
    return load().stream().map(Emitter::language).sorted().toList();
  }

  /**
   * The emitter of a language.
   *
   * @throws GenerationException with {@link Code#GRAFT_LANGUAGE_UNKNOWN}
   */
  public static Emitter of(String language) {
    return load().stream()
        .filter(emitter -> emitter.language().equals(language))
        .findFirst()
        .orElseThrow(
            () ->
                new GenerationException(
                    Code.GRAFT_LANGUAGE_UNKNOWN,
                    "There is no language '"
                        + language
                        + "'. There are: "
                        + String.join(", ", languages())
                        + "."));
  }

  private static List<Emitter> load() {
    return ServiceLoader.load(Emitter.class, Emitters.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }
}
