package dev.graft.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.TextFormat;
import dev.graft.encoder.CommandAnswer;
import dev.graft.encoder.RelationInput;
import dev.graft.generate.reading.DescriptorSet;
import dev.graft.generate.source.SourceFiles;
import dev.graft.generate.source.Sources;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Range;
import org.apache.spark.connect.proto.Relation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generated Java, compiled with all lint and run. */
class JavaClientTest {
  private static final Relation INPUT =
      Relation.newBuilder().setRange(Range.newBuilder().setEnd(3).setStep(1)).build();
  private static final String ALL = "acme.all.v1.client.All";

  @TempDir Path classes = Path.of("");

  private static Generator.Result everything() {
    return Clients.everything("java");
  }

  private Object run(CallOn test) throws Exception {
    assertThat(JavaCompiler.compile(everything().files(), classes)).isEmpty();
    try (URLClassLoader loader = JavaCompiler.load(classes)) {
      return test.call(loader.loadClass(ALL));
    }
  }

  @Test
  void whatIsGivenIsWhatIsSent() throws Exception {
    Relation relation =
        (Relation)
            run(
                all -> {
                  Class<?> bounds = all.getClassLoader().loadClass(ALL + "$Bounds");
                  Object inner = call(bounds, "create", 2.5);
                  Object operation = call(all, "allOfIt", INPUT, inner);
                  call(operation, "moreBounds", List.of(inner, inner));
                  call(operation, "flags", Map.of(true, inner));
                  call(operation, "number", 7);
                  return call(operation, "relation");
                });

    assertThat(relation.getExtension().getTypeUrl())
        .isEqualTo("type.googleapis.com/acme.all.v1.Everything");
    assertThat(TextFormat.printer().printToString(parsed("Everything", relation.getExtension())))
        .isEqualToNormalizingNewlines(
            """
            input {
              range {
                end: 3
                step: 1
              }
            }
            raw: "\\000\\001\\377\\""
            i: -5
            v: 18446744073709551615
            d: 1.0E10
            f: -Infinity
            s: "a\\"b\\\\c\\n\\303\\251"
            b: true
            color: COLOR_RED
            bounds {
              high: 2.5
            }
            more_bounds {
              high: 2.5
            }
            more_bounds {
              high: 2.5
            }
            flags {
              key: true
              value {
                high: 2.5
              }
            }
            number: 7
            """);
  }

  @Test
  void aColumnMayBeGivenByItsName() throws Exception {
    Expression expression =
        (Expression) run(all -> call(call(call(all, "plain"), "e", "price"), "expression"));
    assertThat(String.valueOf(parsed("Plain", expression.getExtension())))
        .contains("unparsed_identifier: \"price\"");
  }

  @Test
  @SuppressWarnings("NullAway") // the null is what is tested
  void aRequiredFieldThatIsNullIsRefusedBeforeAnythingIsSent() {
    assertThatThrownBy(
            () ->
                run(
                    all -> {
                      Class<?> bounds = all.getClassLoader().loadClass(ALL + "$Bounds");
                      Object inner = call(bounds, "create", 2.5);
                      return call(call(all, "allOfIt", (Object) null, inner), "relation");
                    }))
        .hasMessageContaining("GRAFT_FIELD_REQUIRED")
        .hasMessageContaining("input");
  }

  @Test
  void inputsAreTyped() throws Exception {
    run(
        all -> {
          for (Method method : all.getMethods()) {
            if (method.getName().equals("allOfIt")) {
              assertThat(method.getParameterTypes()[0])
                  .isIn(Relation.class, RelationInput.class)
                  .isNotEqualTo(Object.class);
            }
          }
          return all;
        });
  }

  @Test
  void anOperationIsAnInputOfAnother() throws Exception {
    Relation relation =
        (Relation)
            run(
                all -> {
                  Class<?> bounds = all.getClassLoader().loadClass(ALL + "$Bounds");
                  Object inner = call(bounds, "create", 2.5);
                  Object first = call(all, "allOfIt", INPUT, inner);
                  return call(call(all, "allOfIt", first, inner), "relation");
                });
    assertThat(String.valueOf(parsed("Everything", relation.getExtension())))
        .contains("type.googleapis.com/acme.all.v1.Everything");
  }

  @Test
  void anEnumOfThreeThousandValuesCompiles() throws Exception {
    StringBuilder values = new StringBuilder("NONE = 0;");
    for (int number = 1; number < 3_000; number++) {
      values
          .append(" SOME_RATHER_LONG_NAME_OF_A_VALUE_")
          .append(number)
          .append(" = ")
          .append(number)
          .append(';');
    }
    String proto =
        """
        syntax = "proto3"; package acme.large.v1; import "graft/annotations.proto";
        message Pick { option (graft.operation) = {kind: RELATION}; Large one = 1; repeated Large many = 2; map<string, Large> named = 3; }
        enum Large { VALUES }
        """
            .replace("VALUES", values);
    Path sources = Files.createDirectory(classes.resolve("sources"));
    Generator.Result client = Clients.generate("java", sources, proto);
    assertThat(JavaCompiler.compile(client.files(), classes)).isEmpty();
  }

  @Test
  void anAnswerIsReadByItsType() throws Exception {
    Descriptor type = descriptor("Bounds");
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    TextFormat.merge(
        "low: 1 colors: COLOR_RED inner { high: 3 } counts { key: 5 value: 6 }", message);
    Any answer =
        Any.newBuilder()
            .setTypeUrl("type.googleapis.com/acme.all.v1.Bounds")
            .setValue(message.build().toByteString())
            .build();
    Object read =
        run(
            all -> {
              Class<?> ask = all.getClassLoader().loadClass(ALL + "$Ask");
              Object bounds = call(ask, "reply", new CommandAnswer.Message(answer));
              return List.of(
                  call(bounds, "low"),
                  call(bounds, "high"),
                  call(bounds, "colors").toString(),
                  call(bounds, "counts").toString(),
                  call(bounds, "deep").toString(),
                  String.valueOf(call(call(call(bounds, "inner"), "get"), "high")));
            });
    assertThat(read).isEqualTo(List.of(1.0, 0.0, "[RED]", "{5=6}", "Optional.empty", "3.0"));
  }

  @Test
  void anAnswerThatIsNoMessageIsRefused() {
    assertThatThrownBy(
            () ->
                run(
                    all ->
                        call(
                            all.getClassLoader().loadClass(ALL + "$Ask"),
                            "reply",
                            new CommandAnswer.Nothing())))
        .hasMessageContaining(
            "[GRAFT_ANSWER_UNEXPECTED] The server answered without acme.all.v1.Bounds, but with nothing");
  }

  @Test
  void theVectorsCompileWithoutAWarning() {
    assertThat(JavaCompiler.compile(Clients.vectors("java").files(), classes)).isEmpty();
  }

  @Test
  void whatHasADefaultNeedNotBeGiven() throws Exception {
    assertThat(JavaCompiler.compile(Clients.vectors("java").files(), classes)).isEmpty();
    try (URLClassLoader loader = JavaCompiler.load(classes)) {
      Class<?> vectors = loader.loadClass("dev.graft.vectors.v1.client.Vectors");
      Expression byRank = (Expression) call(call(vectors, "defaults"), "expression");
      Object named = call(call(vectors, "defaults"), "byName", "n");
      Expression byName = (Expression) call(named, "expression");
      assertThat(byRank.getExtension().getValue().toByteArray())
          .as("needed and by_rank have their defaults")
          .containsSubsequence(10 << 3, 1)
          .endsWith(15 << 3, 1);
      assertThat(byName.getExtension().getValue().toByteArray())
          .as("by_rank yields to by_name")
          .endsWith(14 << 3 | 2, 1, 'n');
    }
  }

  @Test
  void regeneratingGivesTheSameBytes() {
    assertThat(everything().files()).isEqualTo(everything().files());
  }

  private static Descriptor descriptor(String name) {
    SourceFiles source = new Sources(List.of(), null).read(List.of(Clients.resource("all.proto")));
    return DescriptorSet.link(source.protos(), "test").find("acme.all.v1." + name).orElseThrow();
  }

  private static DynamicMessage parsed(String name, Any extension) throws Exception {
    return DynamicMessage.parseFrom(descriptor(name), extension.getValue());
  }

  private static boolean takes(Class<?>[] parameters, Object... arguments) {
    return parameters.length == arguments.length
        && IntStream.range(0, arguments.length)
            .allMatch(
                at ->
                    arguments[at] == null
                        || parameters[at].isPrimitive()
                        || parameters[at].isInstance(arguments[at]));
  }

  /** Calls a method by its name and its arguments; on a class, a static one. */
  private static Object call(Object target, String name, Object... arguments) throws Exception {
    Class<?> type = target instanceof Class<?> it ? it : target.getClass();
    Method method =
        Arrays.stream(type.getMethods())
            .filter(each -> each.getName().equals(name))
            .filter(each -> takes(each.getParameterTypes(), arguments))
            .findFirst()
            .orElseThrow(() -> new NoSuchMethodException(type + "." + name));
    try {
      return method.invoke(target instanceof Class<?> ? null : target, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** What a test does with the generated class. */
  private interface CallOn {
    Object call(Class<?> all) throws Exception;
  }
}
