// A program that uses the npm package: encodes a message, and prints its bytes.
import { readFileSync } from "node:fs";
import { Operations } from "graft-connect";

const descriptors = readFileSync(process.argv[2] ?? "", "utf8").trim();
const operations = new Operations(descriptors);
const mask = operations.encode("acme.frames.v1.Mask", { input: "price", keep: 4, with: "•" });
console.log(Buffer.from(mask).toString("hex"));
