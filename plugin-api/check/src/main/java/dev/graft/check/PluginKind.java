package dev.graft.check;

import dev.graft.annotations.Kind;

/** The interfaces that plugins implement, whose names are those of services files as well. */
enum PluginKind {
  RELATION("dev.graft.api.RelationPlugin", Kind.RELATION),
  EXPRESSION("dev.graft.api.ExpressionPlugin", Kind.EXPRESSION),
  COMMAND("dev.graft.api.CommandPlugin", Kind.COMMAND),
  NATIVE_RELATION("dev.graft.api.spark.NativeRelationPlugin", Kind.RELATION),
  NATIVE_EXPRESSION("dev.graft.api.spark.NativeExpressionPlugin", Kind.EXPRESSION),
  NATIVE_COMMAND("dev.graft.api.spark.NativeCommandPlugin", Kind.COMMAND),
  /** What it is for, the plugin itself says when it is loaded. */
  EXTENSION("dev.graft.spi.ExtensionPlugin", Kind.KIND_UNSPECIFIED);

  private final String type;
  private final Kind kind;

  PluginKind(String type, Kind kind) {
    this.type = type;
    this.kind = kind;
  }

  /** The interface's name. */
  String type() {
    return type;
  }

  /** The interface's name without its package. */
  String simpleName() {
    return type.substring(type.lastIndexOf('.') + 1);
  }

  /** What the annotation of its messages says; unspecified where they may be of any kind. */
  Kind kind() {
    return kind;
  }

  String servicesFile() {
    return "META-INF/services/" + type;
  }
}
