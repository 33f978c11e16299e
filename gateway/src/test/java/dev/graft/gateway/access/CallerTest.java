package dev.graft.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.apache.spark.connect.proto.AddArtifactsRequest;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.InterruptRequest;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.ReattachExecuteRequest;
import org.apache.spark.connect.proto.ReleaseExecuteRequest;
import org.apache.spark.connect.proto.UserContext;

/** Who a request says that it comes from. */
class CallerTest {
  private static final String SERVICE = "spark.connect.SparkConnectService/";

  @Property(tries = 300)
  void theFieldsOfAllMethodsAreFound(
      @ForAll @AlphaChars @StringLength(max = 50) String user,
      @ForAll @AlphaChars @StringLength(max = 50) String session,
      @ForAll @AlphaChars @StringLength(min = 1, max = 50) String operation,
      @ForAll byte[] table) {
    UserContext.Builder context =
        UserContext.newBuilder().setUserName("not the id").setUserId(user);
    Plan.Builder plan = Plan.newBuilder();
    plan.getRootBuilder().getLocalRelationBuilder().setData(ByteString.copyFrom(table));
    Caller whole = new Caller(user, session, operation);

    assertRead(
        whole,
        "ExecutePlan",
        ExecutePlanRequest.newBuilder()
            .setPlan(plan)
            .setSessionId(session)
            .setUserContext(context)
            .setOperationId(operation)
            .build());
    assertRead(
        whole,
        "Interrupt",
        InterruptRequest.newBuilder()
            .setSessionId(session)
            .setUserContext(context)
            .setOperationId(operation)
            .build());
    assertRead(
        whole,
        "ReattachExecute",
        ReattachExecuteRequest.newBuilder()
            .setSessionId(session)
            .setUserContext(context)
            .setOperationId(operation)
            .build());
    assertRead(
        whole,
        "ReleaseExecute",
        ReleaseExecuteRequest.newBuilder()
            .setSessionId(session)
            .setUserContext(context)
            .setOperationId(operation)
            .build());
    assertRead(
        new Caller(user, session, ""),
        "AddArtifacts",
        AddArtifactsRequest.newBuilder().setSessionId(session).setUserContext(context).build());
  }

  private static void assertRead(Caller caller, String method, Message request) {
    assertThat(Caller.read(SERVICE + method, request.toByteArray())).isEqualTo(caller);
  }

  @Property
  void anyBytesAreReadWithoutAFailure(@ForAll byte[] request) {
    Caller caller = Caller.read(SERVICE + "ExecutePlan", request);

    assertThat(caller.user().length()).isLessThan(300);
  }

  @Property
  void whatIsCutOffIsReadAsFarAsItGoes(@ForAll @StringLength(max = 30) String user) {
    byte[] whole =
        ExecutePlanRequest.newBuilder()
            .setSessionId("session")
            .setUserContext(UserContext.newBuilder().setUserId(user))
            .build()
            .toByteArray();
    for (int length = 9; length < whole.length; length++) {
      assertThat(Caller.read(SERVICE + "ExecutePlan", Arrays.copyOf(whole, length)).session())
          .isEqualTo("session");
    }
  }

  @Example
  void namesAreCutAndHaveNoControlCharacters() {
    byte[] request =
        ExecutePlanRequest.newBuilder()
            .setSessionId("one\nline\u0007")
            .setUserContext(UserContext.newBuilder().setUserId("x".repeat(1_000_000)))
            .build()
            .toByteArray();

    Caller caller = Caller.read(SERVICE + "ExecutePlan", request);

    assertThat(caller.session()).isEqualTo("one?line?");
    assertThat(caller.user()).startsWith("xxx").hasSizeLessThan(300);
  }

  @Example
  void otherServicesHaveOtherFields() {
    byte[] request = ExecutePlanRequest.newBuilder().setSessionId("secret").build().toByteArray();

    assertThat(Caller.read("acme.Other/ExecutePlan", request)).isEqualTo(Caller.UNKNOWN);
  }
}
