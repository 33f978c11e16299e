package dev.graft.registry.loading;

import dev.graft.registry.error.ErrorCode;
import dev.graft.registry.linkage.Mismatch;
import java.util.List;
import java.util.Objects;

/**
 * What a host would refuse a plugin for.
 *
 * @param code the code of the refusal
 * @param text its text, as the load report has it
 * @param mismatches the references that cannot be satisfied, at most 20; empty where it is
 *     something else
 * @param advice what to do about them; empty where {@code text} alone says it
 * @param isForAnother whether the plugin is made for another kind of host
 */
public record Objection(
    ErrorCode code, String text, List<Mismatch> mismatches, String advice, boolean isForAnother) {
  public Objection {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(text, "text");
    mismatches = List.copyOf(mismatches);
    Objects.requireNonNull(advice, "advice");
  }
}
