/**
 * What a plugin needs from its host and of its own jars, and what of that is missing.
 *
 * <p>Java links a class when it is first used, so a jar built against another version of its host,
 * or without one of its libraries, fails in some user's query. Here the class files reachable from
 * a plugin are read before any of them is loaded. Each reference to a class or member that comes
 * from above (the waist, the realm, the engine) is looked up in the class files of the running
 * host; each to the plugin's own jars is looked up there, where the plugin cannot do without.
 */
@NullMarked
package dev.graft.registry.linkage;

import org.jspecify.annotations.NullMarked;
