/**
 * A process in front of a Spark Connect server that knows no plugins: extensions in plans are
 * lowered to standard nodes on their way, everything else passes byte for byte.
 *
 * <p>{@link dev.graft.gateway.Gateway} puts together a proxy of bytes ({@link
 * dev.graft.gateway.proxy}), what is to be done with Connect's requests ({@link
 * dev.graft.gateway.connect}), and the registry; around them what a server needs: sockets ({@link
 * dev.graft.gateway.transport}), certificates ({@link dev.graft.gateway.tls}), tokens ({@link
 * dev.graft.gateway.access}), the memory of all calls ({@link dev.graft.gateway.memory}), files
 * that change ({@link dev.graft.gateway.reload}), threads for plugins ({@link
 * dev.graft.gateway.threads}), what reflection tells ({@link dev.graft.gateway.reflection}) and the
 * request log ({@link dev.graft.gateway.log}). Plugins find no engine here: a native one is refused
 * when the gateway starts.
 */
@NullMarked
package dev.graft.gateway;

import org.jspecify.annotations.NullMarked;
