package dev.graft.gateway.tls;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A certificate with its key.
 *
 * @param chain PEM: the certificate, then those that issued it
 * @param key PEM: its private key in PKCS #8, not encrypted
 */
public record CertificateFiles(Path chain, Path key) {
  public CertificateFiles {
    Objects.requireNonNull(chain, "chain");
    Objects.requireNonNull(key, "key");
  }
}
