/**
 * What is known of sessions for longer than a request: which jars each has ({@link
 * dev.graft.gateway.store.SessionStore}), and the jars themselves, by their digests ({@link
 * dev.graft.gateway.store.JarFiles}). It is kept in memory, in a folder, or in a database that
 * several gateways share.
 */
@NullMarked
package dev.graft.gateway.store;

import org.jspecify.annotations.NullMarked;
