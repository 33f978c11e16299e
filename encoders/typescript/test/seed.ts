// What is drawn at random is drawn from one seed a run, so that an ordinary run says the same twice.
import fc from "fast-check";

function number(name: string): number {
  const text = process.env[name];
  return text === undefined || text === "" ? 1 : Number(text);
}

/** How often something is tried that is tried so often in an ordinary run. */
export function runs(ordinary: number): number {
  return ordinary * number("GRAFT_TEST_EFFORT");
}

fc.configureGlobal({ seed: number("GRAFT_TEST_SEED") | 0, numRuns: runs(100) });
