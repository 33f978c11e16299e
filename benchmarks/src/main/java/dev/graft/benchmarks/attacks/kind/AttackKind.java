package dev.graft.benchmarks.attacks.kind;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** All kinds of attacks. */
public enum AttackKind {
  RESETS("resets", "calls that are reset as soon as they have begun", RapidResets::new),
  CANCELS("cancels", "plans of 1 MB that are cancelled while they are lowered", Cancels::new),
  CUTS("cuts", "connections that are cut in the middle of a frame", Cuts::new),
  SLOW_READERS("slow-readers", "128 streams that are hardly read", SlowReaders::new),
  PLAN_BOMBS("plan-bombs", "zstd: 16 plans at once that become 300 MB each", PlanBombs::new),
  MESSAGE_BOMBS("message-bombs", "gzip: 32 messages at once of 120 MB each", MessageBombs::new),
  SETTINGS("settings", "floods of SETTINGS", Floods::ofSettings),
  PINGS("pings", "floods of PING", Floods::ofPings),
  CONTINUATIONS("continuations", "headers without end", Floods::ofContinuations),
  IDLE("idle", "1,500 connections that say little or nothing", IdleConnections::new),
  STRANGERS("strangers", "200 connections that call without a token", Strangers::new),
  WATCHES("watches", "50 connections without a token that watch the health", Watches::new),
  SCHEMAS("schemas", "plans whose questions for schemas are never answered", HangingSchemas::new),
  ANSWERS("answers", "refused commands of 9 MB with the ids of another", RefusedAnswers::new),
  LOG_LINES("log-lines", "headers that cannot be read", LogLines::new),
  NESTED("nested", "RowNumber in RowNumber, over up to 10 MB", NestedRowNumbers::new),
  CERTIFICATES("certificates", "mTLS: expired, foreign and no certificates", BadCertificates::new);

  private final String label;
  private final String what;

  @SuppressWarnings("ImmutableEnumChecker") // constructors and methods, which hold nothing
  private final Function<Target, Attack> begin;

  AttackKind(String label, String what, Function<Target, Attack> begin) {
    this.label = label;
    this.what = what;
    this.begin = begin;
  }

  /** The kind of a name. */
  public static Optional<AttackKind> named(String label) {
    return Stream.of(values()).filter(kind -> kind.label.equals(label)).findFirst();
  }

  /** Their names. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(AttackKind::label).toList();
  }

  /** Its name. */
  public String label() {
    return label;
  }

  /** What is done, in a few words. */
  public String what() {
    return what;
  }

  /** Whether it is for a gateway that asks for certificates. */
  public boolean wantsTls() {
    return this == CERTIFICATES;
  }

  /** Begins it. Nothing is done before the first step. */
  public Attack on(Target target) {
    return begin.apply(target);
  }
}
