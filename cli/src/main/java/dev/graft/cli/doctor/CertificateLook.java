package dev.graft.cli.doctor;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Until when a certificate is valid. */
final class CertificateLook {
  private static final Duration SOON = Duration.ofDays(30);

  private CertificateLook() {}

  /**
   * Compares its end with a time.
   *
   * @param what the certificate and where it is
   * @param renew what to do when it ends
   */
  static Finding of(String what, Instant until, Instant now, String renew) {
    String about = "certificate";
    String day = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC).format(until);
    if (!until.isAfter(now)) {
      return Finding.problem(about, what + " has been invalid since " + day + ".", renew);
    }
    Duration left = Duration.between(now, until);
    if (left.compareTo(SOON) < 0) {
      long days = left.toDays();
      return Finding.warning(
          about,
          what
              + " ends on "
              + day
              + (days == 0
                  ? ", within a day."
                  : days == 1 ? ", in 1 day." : ", in " + days + " days."),
          renew);
    }
    return Finding.ok(about, what + " is valid until " + day);
  }
}
