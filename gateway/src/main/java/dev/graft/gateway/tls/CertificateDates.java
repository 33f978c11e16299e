package dev.graft.gateway.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/** The certificates of a file, for those who ask until when they are valid. */
public final class CertificateDates {
  private CertificateDates() {}

  /** Those of a PEM file; none where it cannot be read. */
  public static List<X509Certificate> of(Path file) {
    try {
      return List.of(PemFiles.certificates(Files.readAllBytes(file)));
    } catch (IOException | CertificateException e) {
      return List.of(); // who uses the file says what is wrong with it
    }
  }
}
