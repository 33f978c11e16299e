// Runs the compiled tests of a folder. With JUNIT_XML naming a file, the results are written there too.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2];
const tests = readdirSync(folder)
  .filter((name) => name.endsWith(".test.js"))
  .map((name) => join(folder, name));
const options = ["--test", "--test-reporter=spec", "--test-reporter-destination=stdout"];
if (process.env.JUNIT_XML !== undefined) {
  options.push("--test-reporter=junit", `--test-reporter-destination=${process.env.JUNIT_XML}`);
}
process.exit(spawnSync(process.execPath, [...options, ...tests], { stdio: "inherit" }).status ?? 1);
