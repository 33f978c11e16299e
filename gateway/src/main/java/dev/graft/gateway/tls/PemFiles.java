package dev.graft.gateway.tls;

import dev.graft.gateway.reload.FollowedFiles;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.grpc.util.AdvancedTlsX509TrustManager.Verification;
import io.grpc.util.CertificateUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.util.List;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Certificates, keys and authorities that follow their files. Safe for use by several threads. */
final class PemFiles {
  private final FollowedFiles files;

  PemFiles(FollowedFiles files) {
    this.files = files;
  }

  /**
   * The certificate that one side of a connection shows.
   *
   * @param what for messages
   */
  X509ExtendedKeyManager identity(String what, CertificateFiles pair) {
    AdvancedTlsX509KeyManager manager = new AdvancedTlsX509KeyManager();
    // gRPC's own way to follow files waits until both have changed; a certificate that is renewed
    // for the same key would never be taken up.
    files.follow(
        what,
        List.of(pair.chain(), pair.key()),
        contents -> {
          X509Certificate[] chain = certificates(contents.get(0));
          PrivateKey key = privateKey(contents.get(1));
          chain[0].checkValidity();
          KeyPairs.check(key, chain[0].getPublicKey());
          manager.updateIdentityCredentials(chain, key);
        });
    return manager;
  }

  /**
   * The authorities that one side of a connection trusts. A server's certificate must also have the
   * name that was asked for.
   *
   * @param what for messages
   */
  X509ExtendedTrustManager authorities(String what, Path file) {
    AdvancedTlsX509TrustManager manager;
    try {
      manager =
          AdvancedTlsX509TrustManager.newBuilder()
              .setVerification(Verification.CERTIFICATE_AND_HOST_NAME_VERIFICATION)
              .build();
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
    files.follow(
        what,
        List.of(file),
        contents -> manager.updateTrustCredentials(certificates(contents.get(0))));
    return manager;
  }

  static X509Certificate[] certificates(byte[] pem) throws CertificateException {
    X509Certificate[] certificates =
        CertificateUtils.getX509Certificates(new ByteArrayInputStream(pem));
    if (certificates.length == 0) {
      throw new CertificateException("there is no certificate in the file");
    }
    return certificates;
  }

  private static PrivateKey privateKey(byte[] pem) throws IOException, GeneralSecurityException {
    try {
      return CertificateUtils.getPrivateKey(new ByteArrayInputStream(pem));
    } catch (InvalidKeySpecException | IllegalArgumentException e) {
      // Without the cause: it may repeat what it could not read.
      throw new InvalidKeySpecException(
          "the key is not unencrypted PKCS #8 for RSA or EC; openssl pkcs8 -topk8 -nocrypt makes it so");
    }
  }
}
