package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.JavaTypeVariable;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What authors of plugins compile against, as text: what changes in it is seen by whoever reads the
 * change. {@code -Dgraft.api.write=true} writes the texts anew.
 */
class PublicApiTest {
  /** Modifiers that a caller, or who extends the type, must know. */
  private static final List<JavaModifier> SHOWN =
      List.of(
          JavaModifier.PUBLIC,
          JavaModifier.PROTECTED,
          JavaModifier.ABSTRACT,
          JavaModifier.STATIC,
          JavaModifier.FINAL);

  @ParameterizedTest
  @ValueSource(strings = {"plugin-api/spi", "plugin-api/api", "plugin-api-spark"})
  void isWhatTheListingSays(String module) throws IOException {
    Path listing = Path.of("..", module, "public-api.txt");
    String api = listing(Path.of("..", module, "target/classes"));
    if (Boolean.getBoolean("graft.api.write")) {
      Files.writeString(listing, api);
    }

    assertThat(api)
        .as("%s: write it anew with -Dgraft.api.write=true where the change is meant", listing)
        .isEqualTo(Files.readString(listing));
  }

  private static String listing(Path classes) {
    return new ClassFileImporter()
        .importPath(classes).stream()
            .filter(PublicApiTest::isSeen)
            .filter(type -> !type.getPackageName().matches("dev\\.graft\\.(catalog|annotations).*"))
            .sorted(Comparator.comparing(JavaClass::getName))
            .map(PublicApiTest::listing)
            .collect(Collectors.joining("\n"));
  }

  private static boolean isSeen(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && !type.isAnonymousClass()
        && !type.isLocalClass()
        && type.getEnclosingClass().map(PublicApiTest::isSeen).orElse(true);
  }

  private static String listing(JavaClass type) {
    Stream<String> members =
        Stream.concat(
                type.getFields().stream().filter(PublicApiTest::isSeen).map(PublicApiTest::field),
                Stream.concat(type.getConstructors().stream(), type.getMethods().stream())
                    .filter(PublicApiTest::isSeen)
                    .map(PublicApiTest::code))
            .sorted()
            .map(member -> "  " + member + "\n");
    return head(type) + "\n" + members.collect(Collectors.joining());
  }

  private static String head(JavaClass type) {
    String kind =
        type.isAnnotation()
            ? "@interface"
            : type.isInterface()
                ? "interface"
                : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
    StringBuilder text = new StringBuilder(modifiers(type.getModifiers()));
    text.append(kind)
        .append(' ')
        .append(type.getName())
        .append(variables(type.getTypeParameters()));
    type.getSuperclass()
        .filter(parent -> !parent.getName().startsWith("java.lang.Object"))
        .ifPresent(parent -> text.append(" extends ").append(parent.getName()));
    type.getInterfaces().stream()
        .map(JavaType::getName)
        .sorted()
        .forEach(parent -> text.append(" implements ").append(parent));
    return text.toString();
  }

  private static boolean isSeen(JavaMember member) {
    Set<JavaModifier> modifiers = member.getModifiers();
    boolean isOfCaller = modifiers.contains(JavaModifier.PUBLIC);
    boolean isOfChild =
        modifiers.contains(JavaModifier.PROTECTED)
            && !member.getOwner().getModifiers().contains(JavaModifier.FINAL);
    boolean everyRecordHasIt =
        member.getOwner().isRecord()
            && Set.of("equals", "hashCode", "toString").contains(member.getName());
    return (isOfCaller || isOfChild)
        && !everyRecordHasIt
        && !modifiers.contains(JavaModifier.SYNTHETIC)
        && !modifiers.contains(JavaModifier.BRIDGE);
  }

  private static String field(JavaField field) {
    return modifiers(field.getModifiers()) + name(field.getType()) + " " + field.getName();
  }

  /** As in a source. */
  private static String name(JavaType type) {
    return type instanceof JavaClass array && array.isArray()
        ? name(array.getComponentType()) + "[]"
        : type.getName();
  }

  private static String code(JavaCodeUnit code) {
    String parameters =
        code.getParameterTypes().stream()
            .map(PublicApiTest::name)
            .collect(Collectors.joining(", "));
    String thrown =
        code.getThrowsClause().stream()
            .map(declaration -> declaration.getRawType().getName())
            .collect(Collectors.joining(", "));
    return modifiers(code.getModifiers())
        + (code.isConstructor() ? "" : name(code.getReturnType()) + " ")
        + (code.isConstructor() ? "new" : code.getName())
        + variables(code.getTypeParameters())
        + "("
        + parameters
        + ")"
        + (thrown.isEmpty() ? "" : " throws " + thrown);
  }

  private static String modifiers(Set<JavaModifier> modifiers) {
    return SHOWN.stream()
        .filter(modifiers::contains)
        .map(modifier -> modifier.name().toLowerCase(java.util.Locale.ROOT) + " ")
        .collect(Collectors.joining());
  }

  private static String variables(List<? extends JavaTypeVariable<?>> variables) {
    return variables.isEmpty()
        ? ""
        : variables.stream()
            .map(
                variable ->
                    variable.getName()
                        + variable.getUpperBounds().stream()
                            .map(JavaType::getName)
                            .filter(bound -> !bound.equals("java.lang.Object"))
                            .collect(Collectors.joining(" & ", " extends ", ""))
                            .replaceFirst(" extends $", ""))
            .collect(Collectors.joining(", ", "<", ">"));
  }
}
