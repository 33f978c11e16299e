package dev.graft.encoder.vectors;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;

/** The file, as an encoder's test reads it. */
record VectorFile(ByteString descriptors, JsonArray vectors, JsonArray refused) {
  static VectorFile read() {
    try {
      JsonObject file =
          JsonParser.parseString(Files.readString(VectorMaker.FILE)).getAsJsonObject();
      return new VectorFile(
          ByteString.copyFrom(Base64.getDecoder().decode(file.get("descriptors").getAsString())),
          file.getAsJsonArray("vectors"),
          file.getAsJsonArray("refused"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Oracle oracle() {
    try {
      return new Oracle(FileDescriptorSet.parseFrom(descriptors).getFileList());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<JsonObject> objects(JsonArray array) {
    return array.asList().stream().map(JsonElement::getAsJsonObject).toList();
  }
}
