package dev.graft.gateway.tls;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a private key belongs to a certificate. While only one of the two files has been
 * replaced it does not, and no handshake would succeed.
 */
final class KeyPairs {
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");

  private static final byte[] SAMPLE = {'g', 'r', 'a', 'f', 't'};

  private KeyPairs() {}

  /**
   * Signs with the private key and verifies with the certificate's.
   *
   * @throws InvalidKeyException if they don't belong together
   */
  static void check(PrivateKey key, PublicKey ofCertificate) throws GeneralSecurityException {
    @Nullable String algorithm = SIGNATURES.get(key.getAlgorithm());
    if (algorithm == null) {
      throw new InvalidKeyException(
          "a key for " + key.getAlgorithm() + " is none of " + SIGNATURES.keySet());
    }
    if (!key.getAlgorithm().equals(ofCertificate.getAlgorithm())) {
      throw new InvalidKeyException("the private key is not that of the certificate");
    }
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(key);
    signing.update(SAMPLE);
    byte[] signature = signing.sign();
    Signature verifying = Signature.getInstance(algorithm);
    verifying.initVerify(ofCertificate);
    verifying.update(SAMPLE);
    if (!verifying.verify(signature)) {
      throw new InvalidKeyException("the private key is not that of the certificate");
    }
  }
}
