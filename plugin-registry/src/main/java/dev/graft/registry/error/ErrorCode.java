package dev.graft.registry.error;

/**
 * The stable codes of Graft's refusals. A code is never renamed or given another meaning; clients
 * and dashboards may match on its {@link #name()}. A test holds them against a list of those that
 * were given out.
 */
public enum ErrorCode {
  // What a client sent.
  /** No loaded plugin is for the extension's message. */
  GRAFT_EXTENSION_UNKNOWN,
  /** Plugins are loaded for the extension's message, and all of them declined it. */
  GRAFT_EXTENSION_DECLINED,
  /** The {@code Any} has no type URL. */
  GRAFT_TYPE_URL_MISSING,
  /** The extension's bytes are not the message that its type URL names. */
  GRAFT_EXTENSION_MALFORMED,
  /**
   * The plan around the extension is not well-formed protobuf, or says the same singular field
   * twice.
   */
  GRAFT_PLAN_MALFORMED,
  /** The plan nests deeper than the server's planner can follow. */
  GRAFT_PLAN_TOO_DEEP,
  /** The plan came compressed, and is larger than the host decompresses. */
  GRAFT_PLAN_TOO_LARGE,

  // What a plugin did with it.
  /** The plugin refused in words of its own. */
  GRAFT_PLUGIN_REFUSED,
  /** The plugin threw an exception. */
  GRAFT_PLUGIN_FAILED,
  /** The plugin overflowed the stack. */
  GRAFT_PLUGIN_STACK_OVERFLOW,
  /** The plugin did not return in the time that the host gives it. */
  GRAFT_PLUGIN_TIMEOUT,
  /** The plugin used a class or member that is not there. */
  GRAFT_PLUGIN_LINKAGE,
  /** The plugin returned null where it must return an answer or empty. */
  GRAFT_PLUGIN_RETURNED_NULL,
  /** The plugin's answer is not of the form its kind of extension wants, or not well-formed. */
  GRAFT_ANSWER_INVALID,
  /** The plugin's answer has a field that the server's Connect line does not know. */
  GRAFT_ANSWER_UNSUPPORTED,
  /** Answers hold extensions whose answers hold extensions, deeper than the limit. */
  GRAFT_EXPANSION_TOO_DEEP,
  /** Answers hold more nodes than the limit. */
  GRAFT_EXPANSION_TOO_LARGE,
  /** The host has no way to tell the schema that the plugin asks for. */
  GRAFT_SCHEMA_UNAVAILABLE,
  /**
   * Questions for schemas are inside one another deeper than the limit, or lead back to themselves.
   */
  GRAFT_SCHEMA_TOO_DEEP,
  /** Plugins ask for more schemas, or larger ones, than the limit. */
  GRAFT_SCHEMA_TOO_LARGE,
  /** The host has no memory for the request beside what others take at this moment. */
  GRAFT_MEMORY_EXHAUSTED,
  /** The host does not have the answer to a command any more for a client that reattaches. */
  GRAFT_ANSWER_LOST,
  /** The host cannot give what the plugin needs or deliver what it answered. */
  GRAFT_HOST_UNSUPPORTED,

  // What was wrong when plugins were loaded.
  /** A configuration value cannot be understood. */
  GRAFT_CONFIGURATION_INVALID,
  /** A jar is empty, truncated or not a jar. */
  GRAFT_JAR_UNREADABLE,
  /** A jar that a client has added to its session is larger than such a jar may be. */
  GRAFT_JAR_TOO_LARGE,
  /** A jar, of the server or of a session, is not listed, or not signed, as it must be. */
  GRAFT_JAR_UNTRUSTED,
  /** A jar that a client has added has no plugins, and the server behind the host gets no jars. */
  GRAFT_JAR_NOT_TAKEN,
  /** Sessions have as many jars, or bytes of jars, as they may have. */
  GRAFT_SESSIONS_FULL,
  /** The host cannot reach, or write, what it knows of sessions; it may be able to later. */
  GRAFT_STORE_UNAVAILABLE,
  /** A jar that a client has added to its session claims a message that the server answers. */
  GRAFT_MESSAGE_TAKEN,
  /** Two jars carry the same plugin id. */
  GRAFT_DUPLICATE_PLUGIN_ID,
  /** A plugin that the configuration requires is in no jar that can be read. */
  GRAFT_PLUGIN_MISSING,
  /** A jar carries a protobuf runtime that cannot run the Connect messages it would be given. */
  GRAFT_REALM_INVALID,
  /**
   * A class named in a list is in no plugin jar and not on the server's class path, or only in a
   * jar that classes of its name are not taken from.
   */
  GRAFT_CLASS_MISSING,
  /** A class named in a list is in more than one plugin jar. */
  GRAFT_CLASS_AMBIGUOUS,
  /** A plugin class is abstract or an interface. */
  GRAFT_CLASS_ABSTRACT,
  /** A plugin class is not public. */
  GRAFT_CLASS_NOT_PUBLIC,
  /** A plugin class has no public constructor without parameters. */
  GRAFT_CONSTRUCTOR_MISSING,
  /** A plugin's constructor threw. */
  GRAFT_CONSTRUCTOR_FAILED,
  /** A plugin's static initialiser threw. */
  GRAFT_INITIALIZER_FAILED,
  /** A class implements no plugin interface that the host knows. */
  GRAFT_NOT_A_PLUGIN,
  /** A plugin stands in the list of another kind of extension. */
  GRAFT_WRONG_LIST,
  /**
   * A plugin refers to a class or member that neither the running host nor its own jar has, or
   * lacks a method that the running host's interface wants.
   */
  GRAFT_LINK_MISMATCH,
  /** A plugin's description of itself failed or is empty. */
  GRAFT_DESCRIPTION_INVALID
}
