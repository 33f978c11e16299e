package dev.graft.gateway;

import dev.graft.gateway.tls.CertificateFiles;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;

/** An authority that issues certificates for 127.0.0.1, and writes them as PEM. */
final class TestCertificates {
  private final X509Bundle authority;

  TestCertificates(String name) throws Exception {
    authority =
        new CertificateBuilder()
            .subject("CN=" + name)
            .setIsCertificateAuthority(true)
            .ecp256()
            .buildSelfSigned();
  }

  X509Bundle issue(String name) throws Exception {
    return usual(name).addSanIpAddress("127.0.0.1").buildIssuedBy(authority);
  }

  X509Bundle issueFor(KeyPair key, String name) throws Exception {
    return usual(name).addSanIpAddress("127.0.0.1").keyPair(key).buildIssuedBy(authority);
  }

  X509Bundle issueForAnotherHost(String name) throws Exception {
    return usual(name).addSanDnsName("elsewhere.example").buildIssuedBy(authority);
  }

  X509Bundle issueExpired(String name) throws Exception {
    return usual(name)
        .addSanIpAddress("127.0.0.1")
        .notBefore(Instant.now().minusSeconds(1_000))
        .notAfter(Instant.now().minusSeconds(10))
        .buildIssuedBy(authority);
  }

  private static CertificateBuilder usual(String name) {
    return new CertificateBuilder().subject("CN=" + name).ecp256();
  }

  /** Writes the authority's own certificate. */
  Path writeTo(Path file) throws IOException {
    return Files.writeString(file, authority.getCertificatePEM());
  }

  /** Writes a certificate beside its key. */
  static CertificateFiles write(X509Bundle certificate, Path folder, String name) {
    try {
      return new CertificateFiles(
          Files.writeString(folder.resolve(name + ".pem"), certificate.getCertificatePathPEM()),
          Files.writeString(folder.resolve(name + ".key"), certificate.getPrivateKeyPEM()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
