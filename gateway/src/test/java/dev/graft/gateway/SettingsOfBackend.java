package dev.graft.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.connect.proto.ConfigRequest;
import org.apache.spark.connect.proto.ConfigResponse;
import org.apache.spark.connect.proto.KeyValue;

/** {@code Config} as Spark answers it, for settings that a test gives. */
final class SettingsOfBackend {
  final Map<String, String> settings = new TreeMap<>();

  void answer(byte[] request, ServerCall<byte[], byte[]> call) {
    ConfigResponse.Builder response = ConfigResponse.newBuilder().setSessionId("s");
    try {
      ConfigRequest.Operation operation = ConfigRequest.parseFrom(request).getOperation();
      for (String key : operation.getGet().getKeysList()) {
        if (!settings.containsKey(key)) {
          call.close(
              Status.INTERNAL.withDescription(
                  "[SQL_CONF_NOT_FOUND] The SQL config \"" + key + "\" cannot be found."),
              new Metadata());
          return;
        }
        response.addPairs(pair(key, settings.get(key)));
      }
      for (String key : operation.getGetOption().getKeysList()) {
        KeyValue.Builder pair = KeyValue.newBuilder().setKey(key);
        if (settings.containsKey(key)) {
          pair.setValue(settings.get(key));
        }
        response.addPairs(pair);
      }
      for (KeyValue asked : operation.getGetWithDefault().getPairsList()) {
        response.addPairs(
            pair(asked.getKey(), settings.getOrDefault(asked.getKey(), asked.getValue())));
      }
      if (operation.hasGetAll()) {
        String prefix = operation.getGetAll().getPrefix();
        settings.forEach(
            (key, value) -> {
              if (key.startsWith(prefix)) {
                response.addPairs(pair(key.substring(prefix.length()), value));
              }
            });
      }
      operation.getSet().getPairsList().forEach(set -> settings.put(set.getKey(), set.getValue()));
    } catch (InvalidProtocolBufferException e) {
      call.close(Status.INVALID_ARGUMENT, new Metadata());
      return;
    }
    call.sendHeaders(new Metadata());
    call.sendMessage(response.build().toByteArray());
    call.close(Status.OK, new Metadata());
  }

  private static KeyValue pair(String key, String value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }
}
