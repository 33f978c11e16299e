/**
 * The waist: everything that crosses from a host to a plugin and back, in types of the JDK alone.
 *
 * <p>A Spark Connect server holds several incompatible copies of the same protobuf classes, so no
 * protobuf type may be shared between a host and a plugin. What crosses is bytes and strings. On
 * the plugin's side of the waist lies a <em>realm</em>, the class loader that defines one protobuf
 * runtime, the Connect messages and the typed API of {@code dev.graft.api}; it meets the registry
 * here and nowhere else.
 *
 * <p>The way of one extension:
 *
 * <pre>
 *   Extension ──▶ ExtensionPlugin.answer(extension, context) ──▶ Optional&lt;Answer&gt;
 *                 empty: declined, the next plugin in configured order is asked
 * </pre>
 *
 * <p>A plugin may implement {@link dev.graft.spi.ExtensionPlugin} directly and then needs no
 * protobuf at all. Most authors use the typed interfaces of {@code dev.graft.api}, which a {@link
 * dev.graft.spi.PluginAdapter} turns into this one.
 *
 * <p>This package is the one contract that is compiled into every realm. A type is added here only
 * when both sides need it.
 */
@NullMarked
package dev.graft.spi;

import org.jspecify.annotations.NullMarked;
