// Generates TypeScript from the descriptors of Spark's and Graft's messages, which lie in the jar connect-messages. There is
// no need of protoc: its plugin is asked directly.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import * as google from "@bufbuild/protobuf/wkt";

const folder = dirname(dirname(fileURLToPath(import.meta.url)));
const built = "plugin-api/messages/target/classes/dev/graft/connect/descriptors.binpb";
const source = process.env.GRAFT_CONNECT_DESCRIPTORS ?? join(folder, "../..", built);
if (!existsSync(source)) {
  console.error(
    `There is no ${source}. Build it with "mvn -f plugin-api/messages/pom.xml process-classes", ` +
      "or let GRAFT_CONNECT_DESCRIPTORS name the file dev/graft/connect/descriptors.binpb of the jar connect-messages.",
  );
  process.exit(1);
}

const files = fromBinary(google.FileDescriptorSetSchema, readFileSync(source)).file.filter(
  (file) => !file.name.startsWith("google/"),
);
// The set leaves these out; imports come first.
const imported = [
  google.file_google_protobuf_descriptor,
  google.file_google_protobuf_any,
  google.file_google_protobuf_timestamp,
];
const request = create(google.CodeGeneratorRequestSchema, {
  fileToGenerate: files.map((file) => file.name),
  parameter: "target=ts,import_extension=js",
  protoFile: [...imported.map((file) => file.proto), ...files],
});
const plugin = join(folder, "node_modules/@bufbuild/protoc-gen-es/bin/protoc-gen-es");
const run = spawnSync(process.execPath, [plugin], {
  input: toBinary(google.CodeGeneratorRequestSchema, request),
  maxBuffer: 64 * 1024 * 1024,
  stdio: ["pipe", "pipe", "inherit"],
});
const response = fromBinary(google.CodeGeneratorResponseSchema, run.stdout);
if (run.status !== 0 || response.error !== "") {
  console.error(response.error);
  process.exit(1);
}

const output = join(folder, "src/messages");
rmSync(output, { recursive: true, force: true });
for (const file of response.file) {
  const path = join(output, file.name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, file.content);
}
console.log(`${response.file.length} files in src/messages`);
