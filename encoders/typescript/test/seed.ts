// What is drawn at random is drawn from one seed a run, so that an ordinary run says the same twice.
import fc from "fast-check";

const seed = Number(process.env.GRAFT_TEST_SEED || "1");
const effort = Number(process.env.GRAFT_TEST_EFFORT || "1");

/** How often something is tried that is tried so often in an ordinary run. */
export function runs(ordinary: number): number {
  return ordinary * effort;
}

fc.configureGlobal({ seed: seed | 0, numRuns: runs(100) });
