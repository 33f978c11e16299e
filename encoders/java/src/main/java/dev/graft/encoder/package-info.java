/**
 * For clients: turns values into extension messages, puts them into Connect plans and runs them.
 *
 * <p>{@link dev.graft.encoder.Operations} reads the descriptors of a plugin's messages; values are
 * given by name, checked before anything is sent, and written in the one form that the encoders of
 * all languages write. No generated classes are needed:
 *
 * <pre>{@code
 * Operations frames = Operations.of(descriptorSet);
 * try (ConnectSession session = ConnectSession.connect("sc://localhost:15002")) {
 *   Relation topK =
 *       frames
 *           .operation("acme.frames.v1.TopK")
 *           .with("input", session.table("sales"))
 *           .with("order_by", "price")
 *           .with("k", 3)
 *           .relation();
 *   try (Rows rows = session.rows(topK)) {
 *     System.out.print(rows.toTable());
 *   }
 * }
 * }</pre>
 *
 * <p>A generated client is a thin layer over this: it embeds the descriptor set ({@link
 * dev.graft.encoder.Operations#ofBase64}), fills {@link dev.graft.encoder.NamedValues} by the
 * fields' names and hands out {@code relation()}, {@code expression()}, {@code command()}. An input
 * goes in as whatever the caller has: a Connect message, the values of another extension, or a
 * DataFrame of Spark's own client, which {@code dev.graft.encoder.spark} reads; generated methods
 * take it as {@code Object}. A value that is not given is left out, or null. A nested message is a
 * {@code Map} or {@code NamedValues} of its own; what a command answered is read with {@link
 * dev.graft.encoder.Operations#reply}. What cannot be sent is refused with a {@link
 * dev.graft.encoder.GraftInputException}, whose code is the same in every language.
 *
 * <p>{@link dev.graft.encoder.Extensions} packs a message of a generated protobuf class in the same
 * way. {@link dev.graft.encoder.ConnectSession} is a client as thin as can be: it sends a plan and
 * reads what comes back, from a server of Spark 3.4 to 4.2 or from a gateway.
 *
 * <p>Rows arrive in Arrow's format, and Arrow needs {@code java.nio} opened to it: start Java with
 * {@code --add-opens=java.base/java.nio=ALL-UNNAMED}, or, in an executable jar, write {@code
 * Add-Opens: java.base/java.nio} into its manifest, which spares the user the flag. Packing, {@link
 * dev.graft.encoder.ConnectSession#schema} and {@link dev.graft.encoder.ConnectSession#execute}
 * work without.
 */
@NullMarked
package dev.graft.encoder;

import org.jspecify.annotations.NullMarked;
