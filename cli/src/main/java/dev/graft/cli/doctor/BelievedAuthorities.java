package dev.graft.cli.doctor;

import dev.graft.gateway.tls.CertificateDates;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates are believed. */
final class BelievedAuthorities {
  private BelievedAuthorities() {}

  /**
   * TLS for a client.
   *
   * @param authorities a PEM file of those whose certificates are believed, instead of Java's own
   */
  static SSLContext of(Optional<Path> authorities) throws GeneralSecurityException, IOException {
    SSLContext context = SSLContext.getInstance("TLS");
    if (authorities.isEmpty()) {
      context.init(null, null, null);
      return context;
    }
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (X509Certificate certificate : CertificateDates.of(authorities.get())) {
      store.setCertificateEntry("authority-" + number++, certificate);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
