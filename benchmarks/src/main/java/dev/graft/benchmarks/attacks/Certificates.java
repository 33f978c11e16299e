package dev.graft.benchmarks.attacks;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A folder of certificates in PEM: {@code authority.pem}, and, each with its key, {@code server},
 * {@code client}, {@code expired}, and {@code foreign}, which is another authority's.
 */
final class Certificates {
  private Certificates() {}

  /** Makes them, all new. */
  static void writeTo(Path folder) throws IOException {
    try {
      X509Bundle authority = authority("CN=Attacked");
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("authority.pem"), authority.getCertificatePEM());
      write(usual("CN=server").buildIssuedBy(authority), folder, "server");
      write(usual("CN=client").buildIssuedBy(authority), folder, "client");
      write(
          usual("CN=client")
              .notBefore(Instant.now().minusSeconds(1_000))
              .notAfter(Instant.now().minusSeconds(10))
              .buildIssuedBy(authority),
          folder,
          "expired");
      write(usual("CN=client").buildIssuedBy(authority("CN=Another")), folder, "foreign");
    } catch (IOException e) {
      throw e;
    } catch (Exception e) { // the builder declares only Exception
      throw new IllegalStateException(e);
    }
  }

  private static X509Bundle authority(String name) throws Exception {
    return new CertificateBuilder()
        .subject(name)
        .setIsCertificateAuthority(true)
        .ecp256()
        .buildSelfSigned();
  }

  private static CertificateBuilder usual(String name) {
    return new CertificateBuilder().subject(name).ecp256().addSanIpAddress("127.0.0.1");
  }

  private static void write(X509Bundle certificate, Path folder, String name) throws IOException {
    Files.writeString(folder.resolve(name + ".pem"), certificate.getCertificatePathPEM());
    Files.writeString(folder.resolve(name + ".key"), certificate.getPrivateKeyPEM());
  }
}
