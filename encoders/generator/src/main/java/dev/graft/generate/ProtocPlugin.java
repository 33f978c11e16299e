package dev.graft.generate;

import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import dev.graft.generate.error.GenerationException;
import dev.graft.generate.error.GenerationException.Code;
import dev.graft.generate.model.OperationKind;
import dev.graft.generate.reading.DescriptorSet;
import dev.graft.generate.source.SourceFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The generator as a plugin of protoc: a request comes in, a response goes out.
 *
 * <p>Parameters, comma separated: {@code lang=python}, and any number of {@code
 * relation=acme.v1.TopK}, {@code expression=…}, {@code command=…} for messages without an
 * annotation.
 */
public final class ProtocPlugin {
  private static final Map<String, OperationKind> KINDS =
      Map.of(
          "relation", OperationKind.RELATION,
          "expression", OperationKind.EXPRESSION,
          "command", OperationKind.COMMAND);

  private ProtocPlugin() {}

  /**
   * Answers one request. What is wrong with the sources stands in the response, as protoc wants it.
   *
   * @param notes where lines go that say which messages were left out
   * @throws IOException if the request is none, or a stream fails
   */
  public static void run(InputStream request, OutputStream response, PrintStream notes)
      throws IOException {
    CodeGeneratorRequest asked = CodeGeneratorRequest.parseFrom(request, DescriptorSet.registry());
    CodeGeneratorResponse.Builder answer =
        CodeGeneratorResponse.newBuilder()
            .setSupportedFeatures(CodeGeneratorResponse.Feature.FEATURE_PROTO3_OPTIONAL_VALUE);
    try {
      Generator.Result result = generate(asked);
      for (GeneratedFile file : result.files()) {
        answer.addFile(
            CodeGeneratorResponse.File.newBuilder().setName(file.path()).setContent(file.text()));
      }
      result.notes().forEach(note -> notes.println("graft: " + note));
    } catch (GenerationException e) {
      answer.clearFile().setError(String.valueOf(e.getMessage()));
    }
    answer.build().writeTo(response);
    response.flush();
  }

  private static Generator.Result generate(CodeGeneratorRequest asked) {
    Map<String, OperationKind> kinds = new LinkedHashMap<>();
    String language = "";
    for (String parameter : asked.getParameter().split(",", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      String value = equals < 0 ? "" : parameter.substring(equals + 1);
      OperationKind kind = KINDS.get(name);
      if (kind != null) {
        KindOptions.put(kinds, value, kind);
      } else if (name.equals("lang")) {
        language = value;
      } else if (!name.isEmpty()) {
        throw new GenerationException(
            Code.GRAFT_LANGUAGE_UNKNOWN,
            "There is no parameter '"
                + name
                + "'. There are: lang, relation, expression, command, as in"
                + " --graft_out=lang=python:DIR.");
      }
    }
    return Generator.generate(
        language,
        new SourceFiles(asked.getProtoFileList(), asked.getFileToGenerateList(), Map.of()),
        kinds);
  }
}
