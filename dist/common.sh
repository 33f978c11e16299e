# What the scripts of this folder share; they source it.
# shellcheck shell=bash disable=SC2034 # they use what is set here

dist="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(dirname "$dist")"
encoders="$root/encoders"
name="$(basename "$0")"

fail() {
  echo "$name: $1" >&2
  exit 1
}

# The value of an element of the root pom.xml, of which there is one.
of_pom() {
  sed -n "s|^ *<$1>\(.*\)</$1>.*|\1|p" "$root/pom.xml" | sed -n 1p
}

# Seconds since 1970 of a time as pom.xml has it; the second way is that of BSD and macOS.
epoch_of() {
  date -u -d "$1" +%s 2> /dev/null || date -u -j -f %Y-%m-%dT%H:%M:%SZ "$1" +%s
}

there() {
  command -v "$1" > /dev/null
}

# A Python of its own with what requirements.txt names, in target; made anew when that has changed.
python_tools() {
  tools="$dist/target/tools"
  cmp -s "$dist/requirements.txt" "$tools/installed.txt" && return
  rm -rf "$tools"
  python3 -m venv "$tools"
  "$tools/bin/python" -m pip install --quiet --disable-pip-version-check -r "$dist/requirements.txt"
  cp "$dist/requirements.txt" "$tools/installed.txt"
}

has_python() {
  python3 -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2> /dev/null
}

# The one file that a pattern names.
the_only() {
  [[ $# -eq 1 && -f "$1" ]] || fail "There is not one file $1. Make it with dist/packages, or with its --allow-missing leave it out here too."
  echo "$1"
}

# The Go module of OUT, fetched as from a proxy into a module cache of its own in WORK, since a version has other bytes when it is packed anew; says where it is.
downloaded_go_module() {
  local out="$1" work="$2" version
  version="$(sed -n 1p "$out"/go/graft.dev/encoders/go/@v/list)"
  (cd "$work" && GOPROXY="file://$out/go" GONOSUMDB=graft.dev GOFLAGS=-modcacherw GOMODCACHE="$work/modules" go mod download "graft.dev/encoders/go@$version")
  echo "$work/modules/graft.dev/encoders/go@$version"
}
