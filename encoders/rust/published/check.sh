#!/bin/sh
# Compiles and tests this folder. The published crate runs protoc when it is built: it is given the one that Maven has
# fetched, and protobuf's own files out of the jar of protobuf-java. With SPARK_REMOTE a server is asked, too.
set -eu
cd "$(dirname "$0")"
PROTOC=${PROTOC:-$(ls "${HOME}"/.m2/repository/com/google/protobuf/protoc/*/protoc-*.exe | sort -V | tail -n 1)}
chmod +x "$PROTOC"
PROTOC_INCLUDE=$(mktemp -d)
export PROTOC PROTOC_INCLUDE
trap 'rm -rf "$PROTOC_INCLUDE"' EXIT
jar=$(ls "${HOME}"/.m2/repository/com/google/protobuf/protobuf-java/*/protobuf-java-*[0-9].jar | sort -V | tail -n 1)
unzip -q "$jar" 'google/protobuf/*.proto' -d "$PROTOC_INCLUDE"
CARGO_TARGET_DIR=../target cargo test --locked "$@"
