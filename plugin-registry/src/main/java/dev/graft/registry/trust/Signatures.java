package dev.graft.registry.trust;

import dev.graft.registry.error.FailureText;
import dev.graft.registry.error.GraftException;
import dev.graft.registry.settings.SettingsReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whose signatures of jars are believed: those of certificates in a file, and of certificates that
 * these have signed. Every entry must be signed, since each may be code. Safe for use by several
 * threads.
 */
public final class Signatures {
  /** What a signature is made of, and so cannot cover. */
  private static final Pattern OWN =
      Pattern.compile("META-INF/(MANIFEST\\.MF|[^/]+\\.(SF|RSA|DSA|EC)|SIG-[^/]+)");

  private final Set<TrustAnchor> trusted;

  private Signatures(Set<TrustAnchor> trusted) {
    this.trusted = trusted;
  }

  /** Believes nobody. */
  public static Signatures none() {
    return new Signatures(Set.of());
  }

  /**
   * Believes the certificates of a file.
   *
   * @throws GraftException GRAFT_CONFIGURATION_INVALID if it has none, or cannot be read
   */
  public static Signatures of(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      Set<TrustAnchor> anchors =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(certificate -> new TrustAnchor((X509Certificate) certificate, null))
              .collect(Collectors.toUnmodifiableSet());
      if (anchors.isEmpty()) {
        throw SettingsReader.invalid("There is no certificate in " + file + ".");
      }
      return new Signatures(anchors);
    } catch (IOException e) {
      throw SettingsReader.invalid(
          "The certificates in " + file + " cannot be read (" + FailureText.ofFile(e) + ").");
    } catch (GeneralSecurityException e) {
      throw SettingsReader.invalid(
          "The certificates in " + file + " cannot be understood: " + e.getMessage());
    }
  }

  /**
   * What speaks against a jar whose entries must all have a believed signature.
   *
   * @param entries all of them, each of which has been read to its end
   * @return a clause; empty where nothing does
   */
  public Optional<String> objection(List<JarEntry> entries) {
    Map<CodeSigner, Optional<String>> known = new HashMap<>();
    for (JarEntry entry : entries) {
      if (entry.isDirectory() || OWN.matcher(entry.getName().toUpperCase(Locale.ROOT)).matches()) {
        continue;
      }
      CodeSigner[] signers = entry.getCodeSigners();
      if (signers == null) {
        return Optional.of("its entry " + entry.getName() + " is not signed");
      }
      Optional<String> reason = Optional.empty();
      boolean believed = false;
      for (CodeSigner signer : signers) {
        reason = known.computeIfAbsent(signer, this::distrust);
        believed |= reason.isEmpty();
      }
      if (!believed) {
        return Optional.of(
            "its entry "
                + entry.getName()
                + " is signed by nobody whom it believes ("
                + reason.orElse("")
                + ")");
      }
    }
    return Optional.empty();
  }

  /** Why a signature is not believed; empty where it is. */
  private Optional<String> distrust(CodeSigner signer) {
    try {
      PKIXParameters parameters = new PKIXParameters(trusted);
      parameters.setRevocationEnabled(false); // it would ask hosts that the signer names
      CertPathValidator.getInstance("PKIX").validate(path(signer), parameters);
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      return Optional.of(FailureText.of(e));
    }
  }

  /** The signer's certificates without those that are believed themselves: they end the path. */
  private java.security.cert.CertPath path(CodeSigner signer) throws GeneralSecurityException {
    Set<X509Certificate> anchors =
        trusted.stream().map(TrustAnchor::getTrustedCert).collect(Collectors.toSet());
    List<? extends java.security.cert.Certificate> all =
        signer.getSignerCertPath().getCertificates();
    if (!all.isEmpty() && anchors.contains((X509Certificate) all.get(0))) {
      ((X509Certificate) all.get(0)).checkValidity();
      return CertificateFactory.getInstance("X.509").generateCertPath(List.of());
    }
    return CertificateFactory.getInstance("X.509")
        .generateCertPath(
            all.stream().takeWhile(one -> !anchors.contains((X509Certificate) one)).toList());
  }
}
