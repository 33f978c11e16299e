/**
 * Plugins that clients add to their sessions: which jars are let in ({@link
 * dev.graft.registry.session.Admission}), and the snapshot that the requests of a session begin
 * with ({@link dev.graft.registry.session.SessionPlugins}), in which they lie over the server's
 * own.
 */
@NullMarked
package dev.graft.registry.session;

import org.jspecify.annotations.NullMarked;
