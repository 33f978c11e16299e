package dev.graft.builtin.mask;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.graft.api.node.Nodes;
import dev.graft.builtin.v1.Mask;
import dev.graft.builtin.v1.Mask.Method;
import dev.graft.testkit.Graft;
import dev.graft.testkit.WithPlugins;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;

@WithPlugins(
    value = MaskPlugin.class,
    settings = {"mask.salt.customers=0123456789abcdef", "mask.salt.short=x"})
class MaskPluginTest {
  private static final String SALT = "0123456789abcdef";

  private static Mask.Builder mask(Method method) {
    return Mask.newBuilder().setInput(Nodes.column("text").build()).setMethod(method);
  }

  @Test
  void saltIsNotInThePlanInAnyForm(Graft graft) {
    for (Method method : new Method[] {Method.HASH, Method.FORMAT_PRESERVING}) {
      ByteString plan = graft.lower(mask(method).setSalt(SALT).build()).expression().toByteString();
      String bytes = plan.toString(StandardCharsets.ISO_8859_1);
      String hex = HexFormat.of().formatHex(SALT.getBytes(StandardCharsets.US_ASCII));
      assertThat(bytes).contains("sha2").doesNotContain(SALT, hex, hex.toUpperCase(Locale.ROOT));
      assertThat(bytes).doesNotContain(changed(0x36), changed(0x5c));
    }
  }

  /** HMAC would have the salt in the plan with every byte changed by a known mask. */
  private static String changed(int mask) {
    StringBuilder changed = new StringBuilder();
    SALT.chars().forEach(letter -> changed.append((char) (letter ^ mask)));
    return changed.toString();
  }

  @Test
  void saltOfTheOperatorIsTakenByItsName(Graft graft) {
    assertThat(graft.lower(mask(Method.HASH).setSaltName("customers").build()).expression())
        .isEqualTo(graft.lower(mask(Method.HASH).setSalt(SALT).build()).expression());
    graft
        .refused(mask(Method.HASH).setSaltName("orders").build())
        .saying(
            "Mask.salt_name is orders. The server has no salt of that name: its operator sets"
                + " mask.salt.NAME among the settings of this plugin.");
    graft
        .refused(mask(Method.HASH).setSaltName("short").build())
        .saying(
            "The salt short has 1 bytes. Give 16 to 1024, for example those of: openssl rand -hex"
                + " 32");
  }

  @Test
  void eachMethodHasAKeyOfItsOwn() {
    ByteString salt = ByteString.copyFromUtf8(SALT);
    assertThat(Key.derived(salt, Method.HASH))
        .isEqualTo(Key.derived(salt, Method.HASH))
        .isNotEqualTo(Key.derived(salt, Method.FORMAT_PRESERVING));
  }

  @Test
  void refusalsDoNotQuoteTheSalt(Graft graft) {
    graft
        .refused(mask(Method.HASH).setSalt("too short").build())
        .saying(
            "Mask.salt has 9 bytes. Give 16 to 1024, for example those of: openssl rand -hex 32");
    graft
        .refused(mask(Method.KEEP_ENDS).setSalt(SALT).build())
        .saying("Mask.method is KEEP_ENDS. A salt is for FORMAT_PRESERVING and HASH.");
    graft
        .refused(mask(Method.HASH).setSalt(SALT).setSaltName("customers").build())
        .saying("Mask.HASH has a salt and the name of one. Give either salt or salt_name.");
  }
}
