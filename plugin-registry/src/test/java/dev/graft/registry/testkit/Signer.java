package dev.graft.registry.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;

/** Somebody with a key, made by the JDK's own tool, and its self-signed certificate. */
public record Signer(PrivateKey key, Certificate certificate) {
  private static final String PASSWORD = "password";

  /**
   * Makes one.
   *
   * @param validity options of keytool, such as when the certificate begins and how long it holds
   */
  public static Signer named(String name, Path folder, String... validity) throws Exception {
    Path store = folder.resolve(name + ".p12");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1"));
    command.addAll(List.of(validity));
    Process made = new ProcessBuilder(command).inheritIO().start();
    if (made.waitFor() != 0) {
      throw new IOException("keytool failed");
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return new Signer(
        (PrivateKey) keys.getKey(name, PASSWORD.toCharArray()), keys.getCertificate(name));
  }

  /** The file that an operator would name. */
  public Path writeCertificate(Path file) throws Exception {
    return Files.writeString(
        file,
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
            + "\n-----END CERTIFICATE-----\n");
  }

  /** A signed copy of a jar. */
  public Path sign(Path jar, Path signed) throws Exception {
    try (ZipFile in = new ZipFile(jar.toFile());
        OutputStream out = Files.newOutputStream(signed)) {
      new JarSigner.Builder(
              key, CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)))
          .build()
          .sign(in, out);
    }
    return signed;
  }
}
