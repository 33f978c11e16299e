package dev.graft.registry.error;

/**
 * The stable codes of Graft's refusals, each with what the reference of errors says about it. A
 * code is never renamed or given another meaning; clients and dashboards may match on its {@link
 * #name()}. A test holds them against a list of those that were given out.
 */
public enum ErrorCode {
  // What a client sent.
  GRAFT_EXTENSION_UNKNOWN(
      "No loaded plugin is for the extension's message.",
      "The plugin's jar is not on the server, was refused when it was loaded, or is for another kind of extension; or the client has another package or version of the message.",
      "Look for the message in the load report of the server, or in `graft.extensions(spark)`. The error names those that are nearest."),
  GRAFT_EXTENSION_DECLINED(
      "Plugins are loaded for the extension's message, and all of them declined it.",
      "A plugin that declines leaves the message to the next one, and there is none. Which values it takes is the plugin's matter.",
      "Ask the author of the plugins that the error names. A plugin that refuses should throw a `PlanningException` that says why."),
  GRAFT_TYPE_URL_MISSING(
      "The `Any` has no type URL.",
      "The client put the message's bytes into the `Any` by hand.",
      "Pack the message with the protobuf library's own function, or with an encoder of Graft."),
  GRAFT_EXTENSION_MALFORMED(
      "The extension's bytes are not the message that its type URL names.",
      "Client and plugin have different versions of the `.proto` file, or the bytes were damaged.",
      "Generate the client anew from the plugin's jar that the server has."),
  GRAFT_EXTENSION_NEWER(
      "The extension has a field, or a value of a closed enum, that the plugin's version of the message does not have. Read without it, it would ask for something else.",
      "The client was generated from a later version of the `.proto` file than the server's plugin; or from an earlier one, with a field that has been reserved since.",
      "Update the plugin on the server, or send the message without the field. The plugin's author can have a message's unknown fields ignored: [How a message may change](write-a-plugin.md#how-a-message-may-change)."),
  GRAFT_PLAN_MALFORMED(
      "The plan around the extension is not well-formed protobuf, or says the same singular field twice.",
      "The plan was put together from bytes by hand, or was damaged on its way.",
      "Make plans by a client library. If it was one, report it."),
  GRAFT_PLAN_TOO_DEEP(
      "The plan nests deeper than the server's planner can follow.",
      "The plan was made in a loop that adds to it each time.",
      "Save part of it as a table or a checkpoint, and go on from there."),
  GRAFT_PLAN_TOO_LARGE(
      "The plan came compressed, and is larger than the host decompresses.",
      "Large local data is part of the plan.",
      "Upload the data as an artifact or a table, or raise `graft.gateway.max-plan-bytes`."),

  // What a plugin did with it.
  GRAFT_PLUGIN_REFUSED(
      "The plugin refused in words of its own.",
      "A value in the message is none that the plugin takes.",
      "Do what the plugin's words say. They stand before the plugin's name."),
  GRAFT_PLUGIN_FAILED(
      "The plugin threw an exception.",
      "A fault in the plugin, or something that it needs and did not find.",
      "Give its author the stack trace, which is in the server's log."),
  GRAFT_PLUGIN_STACK_OVERFLOW(
      "The plugin overflowed the stack.",
      "The plugin recurses without end, or the plan that it was given is too deep for it.",
      "Make the plan flatter. If it is flat, report the fault to the plugin's author."),
  GRAFT_PLUGIN_TIMEOUT(
      "The plugin did not return in the time that the host gives it.",
      "While it was loaded the plugin waited for something, or, in a gateway, lowering the plan took too long.",
      "A constructor should wait for nothing. Allow more by `graft.limits.loading-seconds`, or for plans in a gateway by `graft.gateway.lowering-seconds`."),
  GRAFT_PLUGIN_LINKAGE(
      "The plugin used a class or member that is not there.",
      "The plugin was built against another version, or finds by reflection what its jar lacks; what class files refer to is checked when it is loaded.",
      "Build the plugin against the server's version, or put what is missing into its jar."),
  GRAFT_PLUGIN_RETURNED_NULL(
      "The plugin returned null where it must return an answer or empty.",
      "A fault in the plugin.",
      "A plugin that declines returns `Optional.empty()`. Report it to its author."),
  GRAFT_ANSWER_INVALID(
      "The plugin's answer is not of the form its kind of extension wants, or not well-formed.",
      "A fault in the plugin, or bytes of a client that it passed on unread.",
      "Report it to the plugin's author. The contracts of the test kit find such answers."),
  GRAFT_ANSWER_UNSUPPORTED(
      "The plugin's answer has a field that the server's Connect line does not know.",
      "The plugin uses what a later Spark line brought. The server would run the plan without it, and nobody would be told.",
      "Use a server of the line that the error names. The plugin's author can ask `context.connectIsAtLeast` and do without."),
  GRAFT_EXPANSION_TOO_DEEP(
      "Answers hold extensions whose answers hold extensions, deeper than the limit.",
      "A plugin's answer leads back to its own message, or the plan nests very many extensions.",
      "Nest fewer, or raise `graft.limits.expansion-depth`. If one leads back to itself, report it to its author."),
  GRAFT_EXPANSION_TOO_LARGE(
      "Answers hold more nodes or bytes than the limit, or make the plan larger than the host passes on.",
      "Much local data is in the plan, or operations that hold an input several times stand inside one another.",
      "Send local data as a table, nest fewer extensions, or raise the limit that the error names."),
  GRAFT_SCHEMA_UNAVAILABLE(
      "The host has no way to tell the schema that the plugin asks for.",
      "The server behind a gateway answers without a schema.",
      "Use a server that tells schemas, or one that has Graft inside Spark."),
  GRAFT_SCHEMA_TOO_DEEP(
      "Questions for schemas are inside one another deeper than the limit, or lead back to themselves.",
      "Many extensions that must know their columns stand inside one another, or a plugin asks about a relation that holds its own extension.",
      "Save part of the plan as a table, or raise `graft.limits.schema-depth`."),
  GRAFT_SCHEMA_TOO_LARGE(
      "Plugins ask for more schemas, or larger ones, than the limit.",
      "The plan has many extensions that must know their columns, or relations with very many columns.",
      "Select fewer columns before, or raise `graft.limits.schema-questions` or `graft.limits.schema-bytes`."),
  GRAFT_MEMORY_EXHAUSTED(
      "The host has no memory for the request beside what others take at this moment.",
      "The message is large, many are on their way, or results are read more slowly than they come.",
      "Try again later, and send large data as an artifact or a table. An operator can give the gateway more memory."),
  GRAFT_ANSWER_LOST(
      "The host does not have the answer to a command any more for a client that reattaches.",
      "The command has run. Its answer is too old, too large, pushed out by later ones, of a time before the gateway was started, or of a client with other credentials.",
      "Run the command again if it may run twice."),
  GRAFT_HOST_UNSUPPORTED(
      "The host cannot give what the plugin needs or deliver what it answered.",
      "A native plugin is in a gateway, which has no Spark around it; a command's answer is none that a gateway can deliver; or on Spark 3.4 something has taken Graft's interceptor out of `spark.connect.grpc.interceptor.classes`.",
      "The error says which. For the first two use a server that has Graft inside Spark."),

  // What was wrong when plugins were loaded.
  GRAFT_CONFIGURATION_INVALID(
      "A setting cannot be understood, or there is none of that name.",
      "A key or a value has a slip, or names a folder or file that is not there.",
      "The error quotes the value and says what it must be. All settings: [Configuration](configuration.md)."),
  GRAFT_JAR_UNREADABLE(
      "A jar is empty, truncated or not a jar.",
      "The copy was cut short, or the jar was written over while it was read.",
      "Copy it again, and move it into its place with `mv`."),
  GRAFT_JAR_TOO_LARGE(
      "A jar that a client has added to its session is larger than such a jar may be.",
      "The jar packs what the server has, such as Spark, or a large library.",
      "Leave that out, or raise `graft.sessions.jar-bytes`."),
  GRAFT_JAR_UNTRUSTED(
      "A jar, of the server or of a session, is not listed, or not signed, as it must be.",
      "`graft.plugins.verify` or `graft.sessions.plugins` demands a digest or a signature that the jar does not have.",
      "If you trust the jar, add the SHA-256 that the error names to the list, or have it signed."),
  GRAFT_JAR_NOT_TAKEN(
      "A jar that a client has added has no plugins, and the server behind the host gets no jars.",
      "`graft.gateway.session-jars` is `keep`.",
      "Add jars with plugins only, or have the operator set it to `forward`."),
  GRAFT_SESSIONS_FULL(
      "Sessions have as many jars, or bytes of jars, as they may have, or the disk has no room.",
      "Sessions are left open, or each has many jars.",
      "Stop sessions that are done, or raise `graft.sessions.jars`, `all-jars` or `all-bytes`."),
  GRAFT_STORE_UNAVAILABLE(
      "The host cannot reach, or write, what it knows of sessions; it may be able to later.",
      "The folder or database of `graft.gateway.session-store` is away or full.",
      "Try again. The gateway's log says what is wrong."),
  GRAFT_MESSAGE_TAKEN(
      "A jar that a client has added to its session claims a message that the server answers.",
      "What the server answers stays the server's, so that no session gets something else by a name that it knows.",
      "Give the message a name of your own. For development an operator can set `graft.sessions.replace`."),
  GRAFT_DUPLICATE_PLUGIN_ID(
      "Two jars carry the same plugin id; neither is loaded.",
      "Two versions of one plugin lie in the plugin folders.",
      "Remove all but one, or give each its own `Graft-Plugin-Id` in its manifest."),
  GRAFT_PLUGIN_MISSING(
      "A plugin that the configuration requires is in no jar that can be read.",
      "Its jar is not in a plugin folder, was refused, or the id in the configuration has a slip.",
      "Add the jar, or mend the id. The error lists those that are known."),
  GRAFT_REALM_INVALID(
      "A jar carries a protobuf runtime that cannot run the Connect messages it would be given, or Graft's own libraries are damaged.",
      "The jar packs an old or incomplete protobuf-java.",
      "Leave protobuf-java out of the jar, or pack a whole one with the messages that were generated for it."),
  GRAFT_CLASS_MISSING(
      "A class named in a list is in no plugin jar and not on the server's class path, or only in a jar that classes of its name are not taken from.",
      "The name has a slip, the jar is not there, or the class stands in a package of Spark or Graft, which is taken from the server alone.",
      "Mend the name, add the jar, or move the class to a package of your own."),
  GRAFT_CLASS_AMBIGUOUS(
      "A class named in a list is in more than one plugin jar.",
      "Two versions of a jar lie in the plugin folders, or one jar packs another.",
      "Remove it from all but one."),
  GRAFT_CLASS_ABSTRACT(
      "A plugin class is abstract or an interface.",
      "A list or services file names a base class.",
      "Name the class that extends it."),
  GRAFT_CLASS_NOT_PUBLIC(
      "A plugin class, or a class around it, is not public.",
      "The host makes plugins from outside of their packages.",
      "Make the class, and those around it, public."),
  GRAFT_CONSTRUCTOR_MISSING(
      "A plugin class has no public constructor without parameters.",
      "The class is made for another way of setting it up.",
      "Add such a constructor. Settings come with the context of each call."),
  GRAFT_CONSTRUCTOR_FAILED(
      "A plugin's constructor threw.",
      "The constructor does work that can fail.",
      "Do such work when the plugin is first asked. The error has what was thrown."),
  GRAFT_INITIALIZER_FAILED(
      "A plugin's static initialiser threw.",
      "A static field or block does work that can fail.",
      "Do such work when the plugin is first asked. The error has what was thrown."),
  GRAFT_NOT_A_PLUGIN(
      "A class implements no plugin interface that the host knows.",
      "The class was named by mistake, or is a plugin of Spark's own interfaces in a plugin folder.",
      "Implement one of the interfaces that the error lists. Plugins of Spark's own interfaces go on the server's class path."),
  GRAFT_WRONG_LIST(
      "A plugin stands in the list of another kind of extension.",
      "A plugin for relations is in the list for expressions, say.",
      "Move it to the list that the error names."),
  GRAFT_LINK_MISMATCH(
      "A plugin refers to a class or member that neither the running host nor its own jar has, or lacks a method that the running host's interface wants.",
      "The plugin was built against another version of Spark or of a library, or its jar lacks a library.",
      "The error names what is missing: put it into the jar, name its package in `graft.plugin.<id>.host-packages`, or build against this version."),
  GRAFT_DESCRIPTION_INVALID(
      "A plugin's description of itself failed or is empty.",
      "The method that tells the plugin's message threw, or gave no name that a message can have.",
      "Report it to the plugin's author.");

  private final String meaning;
  private final String cause;
  private final String remedy;

  ErrorCode(String meaning, String cause, String remedy) {
    this.meaning = meaning;
    this.cause = cause;
    this.remedy = remedy;
  }

  /** What it says, for the documents, in Markdown. */
  public String meaning() {
    return meaning;
  }

  /** What most often leads to it, in Markdown. */
  public String cause() {
    return cause;
  }

  /** What to do about it, in Markdown. */
  public String remedy() {
    return remedy;
  }
}
