// Package connect holds the messages of Spark Connect, generated from the .proto files that Apache Spark publishes
// in its jars. They are licensed under the Apache License 2.0.
package connect

//go:generate ./generate.sh
