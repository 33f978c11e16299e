package dev.graft.gateway.tls;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where certificates, keys and authorities lie, all of them PEM.
 *
 * @param certificate what clients are shown; without it clients speak plain text
 * @param clientAuthorities the authorities whose certificates clients must show; without it no
 *     client needs one. Only with {@code certificate}
 * @param backendAuthorities the authorities that the backend's certificate must come from, instead
 *     of those that Java comes with
 * @param backendCertificate what the backend is shown if it wants to see one
 * @param reload how often the files are compared with what was read
 */
public record TlsSettings(
    Optional<CertificateFiles> certificate,
    Optional<Path> clientAuthorities,
    Optional<Path> backendAuthorities,
    Optional<CertificateFiles> backendCertificate,
    Duration reload) {
  /** No certificates of one's own; files are looked at every ten seconds. */
  public static final TlsSettings DEFAULT =
      new TlsSettings(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Duration.ofSeconds(10));

  /** The files of certificates, by what they are for. */
  public Map<String, Path> files() {
    Map<String, Path> files = new LinkedHashMap<>();
    certificate.ifPresent(pair -> files.put("the certificate for clients", pair.chain()));
    clientAuthorities.ifPresent(file -> files.put("the authorities of clients", file));
    backendAuthorities.ifPresent(file -> files.put("the authorities of the backend", file));
    backendCertificate.ifPresent(
        pair -> files.put("the certificate for the backend", pair.chain()));
    return files;
  }

  /** The files of private keys. */
  public List<Path> keys() {
    return Stream.of(certificate, backendCertificate)
        .flatMap(Optional::stream)
        .map(CertificateFiles::key)
        .toList();
  }
}
