#!/bin/sh
# Generates the Rust code of Spark's messages anew, and the descriptors that src/descriptors reads.
#
#   messages/generate.sh [FOLDER]
#
# FOLDER holds spark/connect/*.proto as a Connect jar has them; without it, those that the build has unpacked.
# PROTOC names the compiler; without it, the newest that the build has fetched. protobuf's own files come out of
# the jar of protobuf-java that the build has fetched.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
protos=$(cd "${1:-$root/plugin-api/messages/target/connect-protos}" && pwd)
if [ -z "${PROTOC:-}" ]; then
  PROTOC=$(ls "${HOME}"/.m2/repository/com/google/protobuf/protoc/*/protoc-*.exe | sort -V | tail -n 1)
  chmod +x "$PROTOC"
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
jar=$(ls "${HOME}"/.m2/repository/com/google/protobuf/protobuf-java/*/protobuf-java-*[0-9].jar | sort -V | tail -n 1)
unzip -q "$jar" 'google/protobuf/*.proto' -d "$work"
cd "$protos"
"$PROTOC" --proto_path="$protos" --proto_path="$work" --include_imports --include_source_info \
  --descriptor_set_out="$work/commented.binpb" spark/connect/*.proto
(cd "$here" && CARGO_TARGET_DIR="$here/../target" cargo run --locked --quiet -- "$work/commented.binpb" "$work")
cp "$work/spark.connect.rs" "$here/../src/spark/messages.rs"
# What messages may refer to without bringing it along.
"$PROTOC" --proto_path="$protos" --proto_path="$work" --include_imports \
  --descriptor_set_out="$here/../src/descriptors/known.binpb" spark/connect/*.proto \
  google/protobuf/any.proto google/protobuf/duration.proto google/protobuf/empty.proto google/protobuf/field_mask.proto \
  google/protobuf/struct.proto google/protobuf/timestamp.proto google/protobuf/wrappers.proto
