#!/bin/sh
# Generates the Go code of Spark's messages anew.
#
#   connect/generate.sh [FOLDER]
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
imports=$(mktemp -d)
trap 'rm -rf "$imports"' EXIT
jar=$(ls "${HOME}"/.m2/repository/com/google/protobuf/protobuf-java/*/protobuf-java-*[0-9].jar | sort -V | tail -n 1)
unzip -q "$jar" 'google/protobuf/*.proto' -d "$imports"
cd "$here"
package=graft.dev/encoders/go/connect
mappings=
for proto in "$protos"/spark/connect/*.proto; do
  mappings="$mappings --go_opt=Mspark/connect/$(basename "$proto")=$package;connect"
done
rm -f ./*.pb.go
# shellcheck disable=SC2086 # one word for each mapping
"$PROTOC" --plugin=protoc-gen-go="$(go tool -n protoc-gen-go)" --proto_path="$protos" --proto_path="$imports" \
  --go_out=. --go_opt=module=$package $mappings "$protos"/spark/connect/*.proto
# A registry of their own: see registry.go.
sed -i.bak \
  -e 's/^\tout := protoimpl.TypeBuilder{$/&\n\t\tTypeRegistry: Types,/' \
  -e 's/^\t\tFile: protoimpl.DescBuilder{$/&\n\t\t\tFileRegistry: fileRegistry{},/' ./*.pb.go
rm -f ./*.bak
gofmt -w ./*.pb.go
