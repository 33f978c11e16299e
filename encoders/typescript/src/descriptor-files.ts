import {
  clone,
  createFileRegistry,
  type DescFile,
  type DescMessage,
  fromBinary,
} from "@bufbuild/protobuf";
import {
  file_google_protobuf_any,
  file_google_protobuf_descriptor,
  file_google_protobuf_duration,
  file_google_protobuf_empty,
  file_google_protobuf_field_mask,
  file_google_protobuf_struct,
  file_google_protobuf_timestamp,
  file_google_protobuf_wrappers,
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
} from "@bufbuild/protobuf/wkt";
import { GraftInputError, textOf } from "./errors.js";
import { file_graft_annotations } from "./messages/graft/annotations_pb.js";
import { file_spark_connect_base } from "./messages/spark/connect/base_pb.js";

/** Files that descriptor sets leave out; where one has them, these are taken. */
const known = new Map<string, DescFile>();

know(file_google_protobuf_any);
know(file_google_protobuf_descriptor);
know(file_google_protobuf_duration);
know(file_google_protobuf_empty);
know(file_google_protobuf_field_mask);
know(file_google_protobuf_struct);
know(file_google_protobuf_timestamp);
know(file_google_protobuf_wrappers);
know(file_graft_annotations);
know(file_spark_connect_base);

function know(file: DescFile): void {
  if (!known.has(file.proto.name)) {
    known.set(file.proto.name, file);
    file.dependencies.forEach(know);
  }
}

/** All messages of a file by their full names, nested ones too. */
export function messagesOf(file: DescFile): DescMessage[] {
  const messages: DescMessage[] = [];
  const left = [...file.messages];
  for (let message = left.pop(); message !== undefined; message = left.pop()) {
    messages.push(message);
    left.push(...message.nestedMessages);
  }
  return messages;
}

/**
 * Links a descriptor set, in whatever order its files are; it may come from a server.
 *
 * @returns the files that are not protobuf's, Spark's or Graft's own
 */
export function link(descriptorSet: Uint8Array): DescFile[] {
  let files: FileDescriptorProto[];
  try {
    files = fromBinary(FileDescriptorSetSchema, descriptorSet).file;
  } catch (e) {
    throw invalid(`The bytes are no google.protobuf.FileDescriptorSet: ${textOf(e)}`, e);
  }
  const given = new Map<string, FileDescriptorProto>();
  for (const file of files) {
    if (!known.has(file.name) && !given.has(file.name)) {
      given.set(file.name, file);
    }
  }
  return linkAll(given);
}

/** Imports before what imports them. With a stack of its own: imports may be a long chain. */
function linkAll(given: Map<string, FileDescriptorProto>): DescFile[] {
  const linked = new Map<string, DescFile>();
  const entered = new Set<string>();
  const waiting = [...given.values()].reverse();
  for (let file = waiting.at(-1); file !== undefined; file = waiting.at(-1)) {
    const missing = file.dependency.filter((name) => given.has(name) && !linked.has(name));
    if (linked.has(file.name)) {
      waiting.pop();
    } else if (missing.length === 0) {
      linked.set(
        file.name,
        linkOne(file, (name) => linked.get(name) ?? known.get(name)),
      );
      waiting.pop();
    } else if (entered.has(file.name)) {
      throw invalid(`The file ${file.name} imports itself`);
    } else {
      entered.add(file.name);
      for (const name of missing) {
        const imported = given.get(name);
        if (imported !== undefined) {
          waiting.push(imported);
        }
      }
    }
  }
  return [...linked.values()];
}

function linkOne(
  file: FileDescriptorProto,
  resolve: (name: string) => DescFile | undefined,
): DescFile {
  // A file that is missing may be one of a newer Spark; that matters only where its types are used.
  const found = clone(FileDescriptorProtoSchema, file);
  found.dependency = file.dependency.filter((name) => resolve(name) !== undefined);
  try {
    const registry = createFileRegistry(found, resolve);
    const linked = registry.getFile(file.name);
    if (linked !== undefined) {
      return linked;
    }
  } catch (e) {
    throw invalid(`The file ${file.name} does not link: ${textOf(e)}`, e);
  }
  throw invalid(`The file ${file.name} does not link`);
}

function invalid(text: string, cause?: unknown): GraftInputError {
  return new GraftInputError("GRAFT_DESCRIPTORS_INVALID", text, { cause });
}
