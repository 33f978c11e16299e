package dev.graft.generate.breaking;

/** What a change does to clients that are out there. */
public enum Effect {
  /** They get another result than before, or are refused, without having changed. */
  WIRE,
  /**
   * They go on as before; once they are generated anew, programs that use them no longer compile or
   * run, or their JSON is another.
   */
  SOURCE
}
