package dev.graft.check;

import dev.graft.annotations.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/**
 * Says while a plugin is compiled what a server would refuse when it loads it: a class that cannot
 * be made, a services file that names no plugin, a message whose annotation says another kind than
 * the plugin's interface. A plugin that no services file names is a warning: class lists of a
 * server may name it.
 *
 * <p>It is an annotation processor that needs no annotations. Services files and descriptors are
 * those beside the compiled classes, where Maven has put them by then; where a build puts them
 * elsewhere, only the classes are looked at.
 */
@SupportedAnnotationTypes("*")
public final class PluginCheck extends AbstractProcessor {
  private static final String DESCRIPTORS = "META-INF/graft/descriptors.binpb";

  private final Set<String> plugins = new TreeSet<>();

  /** Made by the compiler. */
  public PluginCheck() {}

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    note(ElementFilter.typesIn(round.getRootElements()));
    if (round.processingOver()) {
      AnnotatedKinds kinds = annotatedKinds();
      for (PluginKind kind : PluginKind.values()) {
        Optional<List<String>> named = namedIn(kind);
        named.ifPresent(names -> names.forEach(name -> checkNamed(kind, name)));
        plugins.stream()
            .map(this::type)
            .flatMap(Optional::stream)
            .filter(plugin -> implemented(plugin, kind).isPresent())
            .forEach(plugin -> check(plugin, kind, named, kinds));
      }
    }
    return false;
  }

  private void note(Iterable<TypeElement> types) {
    for (TypeElement type : types) {
      boolean plugin =
          Stream.of(PluginKind.values()).anyMatch(kind -> implemented(type, kind).isPresent());
      if (plugin
          && !type.getModifiers().contains(Modifier.ABSTRACT)
          && type.getNestingKind() != NestingKind.LOCAL) {
        plugins.add(binaryName(type));
      }
      note(ElementFilter.typesIn(type.getEnclosedElements()));
    }
  }

  private String binaryName(TypeElement type) {
    return processingEnv.getElementUtils().getBinaryName(type).toString();
  }

  private Optional<TypeElement> type(String binaryName) {
    return Optional.ofNullable(
        processingEnv.getElementUtils().getTypeElement(binaryName.replace('$', '.')));
  }

  /** The interface as the plugin implements it, with its message. */
  private Optional<DeclaredType> implemented(TypeElement type, PluginKind kind) {
    return supertypes(type.asType())
        .map(DeclaredType.class::cast)
        .filter(above -> above.asElement().toString().equals(kind.type()))
        .findFirst();
  }

  private Stream<TypeMirror> supertypes(TypeMirror type) {
    return processingEnv.getTypeUtils().directSupertypes(type).stream()
        .flatMap(above -> Stream.concat(Stream.of(above), supertypes(above)));
  }

  private void check(
      TypeElement plugin, PluginKind kind, Optional<List<String>> named, AnnotatedKinds kinds) {
    if (named.isEmpty() || !named.get().contains(binaryName(plugin))) {
      say(
          Diagnostic.Kind.WARNING,
          plugin,
          "%s is in no services file, so only a server's class list can have it loaded. Name it in src/main/resources/%s."
              .formatted(binaryName(plugin), kind.servicesFile()));
    } else {
      checkCanBeMade(plugin);
    }
    checkMessage(plugin, kind, kinds);
  }

  private void checkCanBeMade(TypeElement plugin) {
    boolean reachable =
        Stream.<Element>iterate(
                plugin, element -> element instanceof TypeElement, Element::getEnclosingElement)
            .allMatch(has(Modifier.PUBLIC));
    if (!reachable) {
      say(
          Diagnostic.Kind.ERROR,
          plugin,
          binaryName(plugin)
              + " cannot be made by a server: it, or the class around it, is not public.");
      return; // nor is its constructor, then
    }
    boolean inner =
        plugin.getNestingKind() == NestingKind.MEMBER
            && !plugin.getModifiers().contains(Modifier.STATIC);
    boolean constructed =
        ElementFilter.constructorsIn(plugin.getEnclosedElements()).stream()
            .filter(has(Modifier.PUBLIC))
            .map(ExecutableElement::getParameters)
            .anyMatch(List::isEmpty);
    if (inner || !constructed) {
      say(
          Diagnostic.Kind.ERROR,
          plugin,
          binaryName(plugin)
              + " cannot be made by a server: it has no public constructor without parameters. Settings come with the context of each call.");
    }
  }

  private static Predicate<Element> has(Modifier modifier) {
    return element -> element.getModifiers().contains(modifier);
  }

  private void checkMessage(TypeElement plugin, PluginKind kind, AnnotatedKinds kinds) {
    Optional<String> message =
        implemented(plugin, kind).stream()
            .flatMap(type -> type.getTypeArguments().stream())
            .map(TypeMirror::toString)
            .findFirst();
    Kind said = message.map(kinds::of).orElse(Kind.KIND_UNSPECIFIED);
    if (said != Kind.KIND_UNSPECIFIED && said != kind.kind()) {
      say(
          Diagnostic.Kind.ERROR,
          plugin,
          "%s implements %s, but the annotation of its message %s says {kind: %s}, which clients believe. One of them is wrong."
              .formatted(
                  binaryName(plugin), kind.simpleName(), message.orElseThrow(), said.name()));
    }
  }

  private void checkNamed(PluginKind kind, String name) {
    Optional<TypeElement> type = type(name);
    if (type.isEmpty()) {
      say(
          Diagnostic.Kind.ERROR,
          null,
          kind.servicesFile() + " names " + name + ", which is not there. Correct the name.");
    } else if (implemented(type.get(), kind).isEmpty()) {
      say(
          Diagnostic.Kind.ERROR,
          type.get(),
          "%s names %s, which is no %s. Name it in the file of the interface that it implements."
              .formatted(kind.servicesFile(), name, kind.simpleName()));
    } else if (type.get().getModifiers().contains(Modifier.ABSTRACT)) {
      say(
          Diagnostic.Kind.ERROR,
          type.get(),
          "%s names %s, which is abstract. Name a class that can be made."
              .formatted(kind.servicesFile(), name));
    }
  }

  private void say(Diagnostic.Kind kind, @Nullable Element where, String text) {
    processingEnv.getMessager().printMessage(kind, text, where);
  }

  /** What a services file names; empty if it is not there. */
  private Optional<List<String>> namedIn(PluginKind kind) {
    try (InputStream in = resource(kind.servicesFile())) {
      return Optional.of(
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .map(line -> line.replaceFirst("#.*", "").strip())
              .filter(line -> !line.isEmpty())
              .toList());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private AnnotatedKinds annotatedKinds() {
    try (InputStream in = resource(DESCRIPTORS)) {
      return new AnnotatedKinds(in);
    } catch (IOException e) {
      return new AnnotatedKinds(); // what is damaged is the server's to refuse
    }
  }

  private InputStream resource(String name) throws IOException {
    return processingEnv
        .getFiler()
        .getResource(StandardLocation.CLASS_OUTPUT, "", name)
        .openInputStream();
  }
}
