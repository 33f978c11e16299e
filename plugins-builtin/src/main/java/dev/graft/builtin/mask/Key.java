package dev.graft.builtin.mask;

import static dev.graft.api.node.Nodes.call;

import com.google.protobuf.ByteString;
import dev.graft.api.node.ExpressionNode;
import dev.graft.builtin.v1.Mask;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that stands in plans in place of the salt it is derived from: who reads it can repeat this
 * method's masks, and no more. The salt cannot be had from it, nor can the key of another method.
 *
 * @param bytes 32 of them
 */
record Key(ByteString bytes) {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int BLOCK = 64;
  private static final int INNER = 0x36;
  private static final int OUTER = 0x5c;

  /** {@code HMAC-SHA256(salt, "graft.builtin.v1.Mask.METHOD")}. */
  static Key derived(ByteString salt, Mask.Method method) {
    String purpose = Mask.getDescriptor().getFullName() + "." + method;
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(salt.toByteArray(), ALGORITHM));
      return new Key(ByteString.copyFrom(mac.doFinal(purpose.getBytes(StandardCharsets.US_ASCII))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM, e);
    }
  }

  /** {@code HMAC-SHA256(key, text)} of RFC 2104, in hexadecimal digits; null where it is null. */
  ExpressionNode hash(ExpressionNode text) {
    ExpressionNode inner = call("sha2", call("concat", block(INNER), text.cast("BINARY")), 256);
    return call("sha2", call("concat", block(OUTER), call("unhex", inner)), 256);
  }

  /** The key, filled up to a block of the hash function, with every byte changed by a mask. */
  private ByteString block(int mask) {
    byte[] block = new byte[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      block[i] = (byte) ((i < bytes.size() ? bytes.byteAt(i) : 0) ^ mask);
    }
    return ByteString.copyFrom(block);
  }
}
