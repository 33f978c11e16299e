/**
 * Sessions as far as their plugins go: the jars that clients upload are kept as they pass ({@link
 * dev.graft.gateway.session.SessionJars}), and what their plugins are asked is in the registry.
 */
@NullMarked
package dev.graft.gateway.session;

import org.jspecify.annotations.NullMarked;
