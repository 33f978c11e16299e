/**
 * A port for operators of a server that runs: plain HTTP from the JDK's own server, off unless it
 * is configured. The one place in the registry that knows a network; nothing else here knows it.
 *
 * <p>{@link dev.graft.registry.admin.AdminPort} listens, {@link dev.graft.registry.admin.Gate} says
 * who is let in, {@link dev.graft.registry.admin.RequestThreads} how long anybody may take, {@link
 * dev.graft.registry.admin.RefusalLog} who was refused, and a {@link dev.graft.registry.admin.Page}
 * is what there is to be had. Its {@link dev.graft.registry.admin.Answer} has the form that the
 * client likes: text for terminals, JSON for programs, HTML without a script for browsers.
 */
@NullMarked
package dev.graft.registry.admin;

import org.jspecify.annotations.NullMarked;
