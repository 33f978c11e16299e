package dev.graft.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.google.protobuf.ByteString;
import dev.graft.gateway.ByteClient.Call;
import io.grpc.Status;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.connect.proto.ConfigRequest;
import org.apache.spark.connect.proto.ConfigRequest.Operation;
import org.apache.spark.connect.proto.ConfigResponse;
import org.apache.spark.connect.proto.KeyValue;
import org.apache.spark.connect.proto.UserContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every way in which clients ask for settings, and what they are told of the backend's secrets. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the first test
class HiddenSettingsOnTheWayTest {
  private static final String CONFIG = "spark.connect.SparkConnectService/Config";
  private static final String TOKEN = "spark.connect.authenticate.token";
  private static final String PORT = "spark.connect.grpc.binding.port";

  private ByteBackend backend;
  private Gateway gateway;
  private ByteClient client;

  @BeforeEach
  void start() throws Exception {
    backend = new ByteBackend();
    backend.settings.settings.put(TOKEN, "of the backend");
    backend.settings.settings.put(PORT, "15002");
    start(Map.of());
  }

  private void start(Map<String, String> further) {
    Map<String, String> entries = new LinkedHashMap<>(further);
    entries.put("graft.gateway.port", "0");
    entries.put("graft.gateway.drain-seconds", "1");
    gateway =
        Gateway.start(
            GatewaySettings.parse(entries),
            entries,
            BackendAddress.parse("sc://127.0.0.1:" + backend.port()));
    client = new ByteClient(gateway.port());
  }

  @AfterEach
  void stop() {
    client.close();
    backend.close();
    gateway.close();
  }

  @Test
  void getIsRefusedByTheBackendAsForASettingThatIsNot() throws Exception {
    Call call =
        ask(
            Operation.newBuilder()
                .setGet(ConfigRequest.Get.newBuilder().addKeys(PORT).addKeys(TOKEN)));

    assertThat(call.status().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(call.status().getDescription())
        .isEqualTo(
            "[SQL_CONF_NOT_FOUND] The SQL config \"spark.connect.authenticate.token (hidden by the gateway)\" cannot be found.");
  }

  @Test
  void getOptionIsNothing() throws Exception {
    ConfigResponse response =
        answer(
            Operation.newBuilder()
                .setGetOption(ConfigRequest.GetOption.newBuilder().addKeys(TOKEN).addKeys(PORT)));

    assertThat(response.getPairsList())
        .containsExactly(KeyValue.newBuilder().setKey(TOKEN).build(), pair(PORT, "15002"));
  }

  @Test
  void getWithDefaultIsTheDefault() throws Exception {
    ConfigResponse response =
        answer(
            Operation.newBuilder()
                .setGetWithDefault(
                    ConfigRequest.GetWithDefault.newBuilder()
                        .addPairs(pair(TOKEN, "mine"))
                        .addPairs(pair(PORT, "1"))));

    assertThat(response.getPairsList()).containsExactly(pair(TOKEN, "mine"), pair(PORT, "15002"));
  }

  @Test
  void getAllHasItNeitherWithItsWholeNameNorBehindAPrefix() throws Exception {
    assertThat(all("")).containsExactly(entry(PORT, "15002"));
    assertThat(all("spark.connect.")).containsExactly(entry("grpc.binding.port", "15002"));
    assertThat(all("spark.connect.authenticate.tok")).isEmpty();
    assertThat(all(TOKEN)).isEmpty();
  }

  @Test
  void whatAsksForNothingHiddenPassesByteForByte() throws Exception {
    byte[] request =
        request(Operation.newBuilder().setGet(ConfigRequest.Get.newBuilder().addKeys(PORT)))
            .toByteArray();

    Call call = client.call(CONFIG, request);

    assertThat(ConfigResponse.parseFrom(call.next()).getPairsList())
        .containsExactly(pair(PORT, "15002"));
    assertThat(backend.requests.take()).isEqualTo(request);
  }

  @Test
  void aClientMaySetASecretOfItsOwnAndCannotReadIt() throws Exception {
    answer(
        Operation.newBuilder()
            .setSet(
                ConfigRequest.Set.newBuilder()
                    .addPairs(pair("spark.hadoop.fs.s3a.secret.key", "x"))));

    assertThat(backend.settings.settings).containsEntry("spark.hadoop.fs.s3a.secret.key", "x");
    assertThat(all("spark.hadoop.")).isEmpty();
  }

  @Test
  void aRequestThatHidesItsQuestionInTwoPartsIsRefused() throws Exception {
    byte[] harmless =
        request(Operation.newBuilder().setGet(ConfigRequest.Get.newBuilder().addKeys(PORT)))
            .toByteArray();
    byte[] further =
        ConfigRequest.newBuilder()
            .setOperation(
                Operation.newBuilder().setGet(ConfigRequest.Get.newBuilder().addKeys(TOKEN)))
            .build()
            .toByteArray();
    byte[] twice =
        ByteString.copyFrom(List.of(ByteString.copyFrom(harmless), ByteString.copyFrom(further)))
            .toByteArray();
    assertThat(ConfigRequest.parseFrom(twice).getOperation().getGet().getKeysList())
        .containsExactly(PORT, TOKEN);

    assertThat(client.call(CONFIG, twice).status().getDescription())
        .startsWith("[GRAFT_PLAN_MALFORMED]");
    assertThat(
            client
                .call(CONFIG, Arrays.copyOf(harmless, harmless.length - 1))
                .status()
                .getDescription())
        .startsWith("[GRAFT_PLAN_MALFORMED]");
    assertThat(backend.requests).isEmpty();
  }

  @Test
  void aVeryLongRequestIsLookedAtToo() throws Exception {
    ConfigRequest.GetOption.Builder keys = ConfigRequest.GetOption.newBuilder();
    for (int key = 0; key < 5_000; key++) {
      keys.addKeys("spark.number." + key);
    }

    ConfigResponse response = answer(Operation.newBuilder().setGetOption(keys.addKeys(TOKEN)));

    assertThat(response.getPairsCount()).isEqualTo(5_001);
    assertThat(response.getPairs(5_000)).isEqualTo(KeyValue.newBuilder().setKey(TOKEN).build());
  }

  @Test
  void whatIsHiddenCanBeChosen() throws Exception {
    client.close();
    gateway.close();
    start(Map.of("graft.gateway.hidden-settings", "spark.connect.grpc.*"));

    assertThat(all("")).containsExactly(entry(TOKEN, "of the backend"));
  }

  private Map<String, String> all(String prefix) throws Exception {
    ConfigRequest.GetAll.Builder getAll = ConfigRequest.GetAll.newBuilder();
    if (!prefix.isEmpty()) {
      getAll.setPrefix(prefix);
    }
    Map<String, String> all = new LinkedHashMap<>();
    answer(Operation.newBuilder().setGetAll(getAll))
        .getPairsList()
        .forEach(pair -> all.put(pair.getKey(), pair.getValue()));
    return all;
  }

  private ConfigResponse answer(Operation.Builder operation) throws Exception {
    Call call = ask(operation);
    assertThat(call.status().isOk()).isTrue();
    return ConfigResponse.parseFrom(call.next());
  }

  private Call ask(Operation.Builder operation) {
    return client.call(CONFIG, request(operation).toByteArray());
  }

  private static ConfigRequest request(Operation.Builder operation) {
    return ConfigRequest.newBuilder()
        .setSessionId("s")
        .setUserContext(UserContext.newBuilder().setUserId("ada"))
        .setOperation(operation)
        .build();
  }

  private static KeyValue pair(String key, String value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }
}
